package org.mcpagentic.dashboard.upstream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call to a service whose answer is read at the reader's pace, and which can be abandoned at any moment. */
final class UpstreamCall {
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean abandoned;

    private UpstreamCall() {}

    /** Sends the request; yields the call when its status is known, with its body not yet read. */
    static Uni<UpstreamCall> open(HttpClient client, RequestOptions options, Optional<Buffer> body) {
        return Uni.createFrom().deferred(() -> {
            UpstreamCall call = new UpstreamCall();
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
        return body().collect()
                .in(() -> new ByteArrayOutputStream(), (whole, chunk) -> {
                    whole.writeBytes(chunk);
                    if (whole.size() > limit) {
                        throw new TooLong();
                    }
                })
                .map(whole -> Optional.of(whole.toByteArray()))
                .onFailure(TooLong.class)
                .recoverWithItem(Optional.empty());
    }

    /** Ends the call: the service sees its client go away. */
    synchronized void abandon() {
        abandoned = true;
        if (request != null) {
            request.reset();
        }
    }

    private synchronized void begun(HttpClientRequest begun) {
        request = begun;
        if (abandoned) {
            begun.reset();
        }
    }

    // why paused: nothing may arrive before somebody reads
    private UpstreamCall answered(HttpClientResponse answered) {
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
