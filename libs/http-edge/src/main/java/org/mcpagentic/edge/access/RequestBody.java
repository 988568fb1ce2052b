package org.mcpagentic.edge.access;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** Takes a request's body into memory, within bounds of size and time. */
final class RequestBody {

    /** A body that takes longer to come, in milliseconds, is given up together with its connection. */
    private static final long DEADLINE = 30_000;

    /** How much of a refused body is read and dropped, in milliseconds and bytes. */
    private static final long DRAIN_DEADLINE = 5_000;

    private static final long DRAIN_BYTES = 16L << 20;

    private RequestBody() {}

    /** Whether the head says that a body follows. */
    static boolean isDeclared(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || declaredLength(request) > 0;
    }

    static void refuseIfDeclaredOver(HttpServerRequest request, int maxBytes) {
        if (declaredLength(request) > maxBytes) {
            throw tooLarge(maxBytes);
        }
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return 0;
        }
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemCode.BAD_HEADER, "the header Content-Length is not a number");
        }
    }

    private static ProblemException tooLarge(int maxBytes) {
        return new ProblemException(ProblemCode.TOO_LARGE, "a body may have at most " + maxBytes + " bytes");
    }

    /** Reads the whole body; the request must be paused. A client that goes away meanwhile gets neither callback. */
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            int maxBytes,
            Consumer<Buffer> onBody,
            Consumer<ProblemException> onTooLarge) {
        Buffer body = Buffer.buffer();
        long timer = vertx.setTimer(DEADLINE, id -> request.connection().close());
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            onBody.accept(body);
        });
        request.handler(chunk -> {
            if (body.length() + chunk.length() > maxBytes) {
                vertx.cancelTimer(timer);
                onTooLarge.accept(tooLarge(maxBytes));
            } else {
                body.appendBuffer(chunk);
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            // why removed: the layers below would say it a second time
            request.headers().remove(HttpHeaders.EXPECT);
            request.response().writeContinue();
        }
        request.resume();
    }

    /** Reads on for a while after a refusal: closing at once would reset the connection and take the answer along. */
    static void drain(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        long timer = vertx.setTimer(DRAIN_DEADLINE, id -> request.connection().close());
        long[] dropped = {0};
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.handler(chunk -> {
            dropped[0] += chunk.length();
            if (dropped[0] > DRAIN_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
