package org.mcpagentic.stubmodel;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends one reply at its pace, with its fault. Runs on the event loop of its connection; holds one timer at most. */
final class Delivery {
    private final Vertx vertx;
    private final InstantSource time;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final RequestLog log;
    private final RecordedRequest recorded;
    private boolean over;
    private boolean cutHere;
    private int sent;
    private long firstDue;
    private OptionalLong timer = OptionalLong.empty();

    Delivery(Vertx vertx, InstantSource time, HttpServerRequest request, RequestLog log, RecordedRequest recorded) {
        this.vertx = vertx;
        this.time = time;
        this.request = request;
        this.response = request.response();
        this.log = log;
        this.recorded = recorded;
    }

    /** The connection is closed, by whomever. */
    void closed() {
        if (over) {
            return;
        }
        if (!cutHere) {
            recorded.closedByClient(time.instant());
        }
        over = true;
        // why: it holds the answer, and may be due in a minute
        timer.ifPresent(vertx::cancelTimer);
        log.ends(recorded);
        recorded.ended();
    }

    void send(int status, String contentType, Map<String, String> headers, Buffer body, Duration wait) {
        later(wait, () -> {
            begin(status, contentType);
            headers.forEach(response::putHeader);
            end(body);
        });
    }

    /** Sends an answer in one piece, when the last of its chunks would have come. */
    void whole(Buffer body, Answer answer, int chunks) {
        Duration wait = answer.pace().first().plus(answer.pace().between().multipliedBy(Math.max(0, chunks - 1)));
        later(wait, () -> {
            begin(200, "application/json; charset=UTF-8");
            answer.fault().ifPresentOrElse(fault -> fail(fault, body), () -> end(body));
        });
    }

    void stream(Stream stream, Answer answer) {
        firstDue = System.nanoTime() + answer.pace().first().toNanos();
        later(answer.pace().first(), () -> {
            begin(200, stream.contentType());
            response.setChunked(true);
            continued(stream, answer, answer.fault());
        });
    }

    private void continued(Stream stream, Answer answer, Optional<Fault> fault) {
        long between = answer.pace().between().toNanos();
        while (!over) {
            if (fault.isPresent() && sent >= Math.min(fault.get().after(), stream.chunks())) {
                if (!survives(stream, fault.get())) {
                    return;
                }
                continued(stream, answer, Optional.empty());
                return;
            }
            if (sent == stream.chunks()) {
                write(stream.closing(), answer);
                end(Buffer.buffer());
                return;
            }
            write(stream.chunk(sent++), answer);
            recorded.sentChunks(sent);
            if (sent == stream.chunks()) {
                continue;
            }
            // why: counted from the first chunk on, so that late timers do not add up
            long wait = firstDue + sent * between - System.nanoTime();
            if (wait > 0) {
                later(Duration.ofNanos(wait), () -> continued(stream, answer, fault));
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> continued(stream, answer, fault));
                return;
            }
        }
    }

    /** Lets the fault happen, and says whether the rest is sent after it. */
    private boolean survives(Stream stream, Fault fault) {
        return switch (fault) {
            case Fault.Stall stall -> {
                if (!response.headWritten()) {
                    response.writeHead();
                }
                yield false;
            }
            case Fault.Cut cut -> {
                cut(Buffer.buffer());
                yield false;
            }
            case Fault.MalformedChunk malformed -> {
                response.write(stream.malformed());
                yield true;
            }
            case Fault.EndlessLine line -> {
                response.write(endless(line.bytes()));
                yield false;
            }
            case Fault.Failure failure -> {
                end(stream.failure(failure));
                yield false;
            }
        };
    }

    private void fail(Fault fault, Buffer body) {
        Buffer half = body.getBuffer(0, body.length() / 2);
        switch (fault) {
            case Fault.Stall stall -> {
                response.putHeader("content-length", Integer.toString(body.length()));
                response.write(half);
            }
            case Fault.Cut cut -> {
                response.putHeader("content-length", Integer.toString(body.length()));
                cut(half);
            }
            case Fault.MalformedChunk malformed -> end(half);
            case Fault.EndlessLine line -> {
                response.setChunked(true);
                response.write(endless(line.bytes()));
            }
            // why: the wire has made an error of the whole answer already
            case Fault.Failure failure -> end(body);
        }
    }

    private void begin(int status, String contentType) {
        response.setStatusCode(status).putHeader("content-type", contentType);
        recorded.answeredWith(status, time.instant());
    }

    private void write(Buffer events, Answer answer) {
        int size =
                answer.pace().fragment() == 0 ? events.length() : answer.pace().fragment();
        for (int begin = 0; begin < events.length(); begin += size) {
            response.write(events.getBuffer(begin, Math.min(begin + size, events.length())));
        }
    }

    private void end(Buffer body) {
        over = true;
        // why: whoever has the whole answer finds it counted
        log.ends(recorded);
        response.end(body);
        recorded.ended();
    }

    private void cut(Buffer before) {
        cutHere = true;
        response.write(before).onComplete(written -> request.connection().close());
    }

    private static Buffer endless(int bytes) {
        return Buffer.buffer("data: " + "x".repeat(Math.max(0, bytes - 6)));
    }

    private void later(Duration wait, Runnable step) {
        if (!wait.isPositive()) {
            step.run();
            return;
        }
        long millis = Math.max(1, Math.ceilDiv(wait.toNanos(), 1_000_000L));
        timer = OptionalLong.of(vertx.setTimer(millis, fired -> step.run()));
    }
}
