package org.mcpagentic.dashboard.upstream;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call to a service whose answer is read at the reader's pace, and which can be abandoned at any moment. */
final class UpstreamCall {
    private final Vertx vertx;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean abandoned;

    private UpstreamCall(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Sends the request; yields the call when its status is known, with its body not yet read. */
    static Uni<UpstreamCall> open(Vertx vertx, HttpClient client, RequestOptions options, Optional<Buffer> body) {
        return Uni.createFrom().deferred(() -> {
            UpstreamCall call = new UpstreamCall(vertx);
            return Uni.createFrom()
                    .completionStage(() -> client.request(options)
                            .compose(request -> {
                                call.begun(request);
                                return body.map(request::send).orElseGet(request::send);
                            })
                            .map(call::answered)
                            .toCompletionStage())
                    .onCancellation()
                    .invoke(call::abandon);
        });
    }

    int status() {
        return answer().statusCode();
    }

    boolean isOf(String mediaType) {
        String type = answer().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(mediaType);
    }

    Optional<String> retryAfter() {
        return Optional.ofNullable(answer().getHeader(HttpHeaders.RETRY_AFTER));
    }

    /** The body as it comes; a reader that cancels abandons the call. */
    Multi<byte[]> body() {
        return io.vertx.mutiny.core.http.HttpClientResponse.newInstance(answer())
                .toMulti()
                .map(chunk -> chunk.getBytes())
                .onCancellation()
                .invoke(this::abandon);
    }

    /** The whole body, or nothing where it is longer than {@code limit} bytes; the rest is then not read. */
    Uni<Optional<byte[]>> wholeBody(int limit) {
        return body().onItem()
                .scan(Buffer::buffer, Buffer::appendBytes)
                .onItem()
                .invoke(whole -> {
                    if (whole.length() > limit) {
                        throw new TooLong();
                    }
                })
                .collect()
                .last()
                .map(whole -> Optional.of(whole.getBytes()))
                .onFailure(TooLong.class)
                .recoverWithItem(Optional.empty());
    }

    /** Ends the call: the service sees its client go away. */
    synchronized void abandon() {
        abandoned = true;
        if (request != null) {
            reset(request, response);
        }
    }

    // why later and with a handler: a reader that cancels takes its own away, and the reset would be logged as an error
    private void reset(HttpClientRequest begun, @Nullable HttpClientResponse answered) {
        vertx.runOnContext(soon -> {
            try {
                if (answered != null) {
                    answered.exceptionHandler(resetByUs -> {});
                }
                begun.reset();
            } catch (IllegalStateException ended) {
                Log.debugf("abandoned call had ended by itself status=%d", status());
            }
        });
    }

    /** Whether the reader ended the call, so that its failure is no news. */
    synchronized boolean isAbandoned() {
        return abandoned;
    }

    private synchronized void begun(HttpClientRequest begun) {
        request = begun;
        // why: what fails here fails the answer too, which is where it is told of
        begun.exceptionHandler(toldByTheAnswer -> {});
        if (abandoned) {
            reset(begun, null);
        }
    }

    // why paused: nothing may arrive before somebody reads
    private synchronized UpstreamCall answered(HttpClientResponse answered) {
        answered.pause();
        response = answered;
        return this;
    }

    private HttpClientResponse answer() {
        return Objects.requireNonNull(response, "a call is handed out when it is answered");
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
