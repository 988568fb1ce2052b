package org.mcpagentic.edge.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Asks a provider, within bounds of time and size; follows no redirect, and sends no cookie. All fails with {@link ProviderException}. */
final class ProviderClient {

    private static final Logger LOG = Logger.getLogger(ProviderClient.class);

    private static final int CONNECT_MILLIS = 3_000;

    /** From the look-up of the name to the last byte. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Providers with many keys and certificates have some 30 KiB of them. */
    private static final int MOST_BYTES = 512 * 1_024;

    private static final int OK = 200;
    private static final int TOO_MANY = 429;

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();

    ProviderClient(Vertx vertx, Optional<Path> authorities) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                // why: it is asked a few times in an hour
                .setKeepAlive(false)
                .setMaxPoolSize(16)
                .setMaxWaitQueueSize(256);
        authorities.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        this.http = vertx.createHttpClient(options);
    }

    /** What is there, where it is JSON with status 200. */
    Uni<JsonNode> get(ProviderUrl url) {
        return ask(HttpMethod.GET, url, Map.of(), Optional.empty()).map(this::parse);
    }

    /**
     * What a form is answered, where it is JSON with status 200; nothing where the form is refused.
     *
     * @param headers beside those of every request
     */
    Uni<Optional<JsonNode>> post(ProviderUrl url, Map<String, String> headers, String form) {
        return ask(HttpMethod.POST, url, headers, Optional.of(form)).map(answer -> {
            boolean refused = answer.status() >= 400 && answer.status() < 500 && answer.status() != TOO_MANY;
            if (refused) {
                // why it is worth a line: 401 tells that the client's own settings are wrong
                LOG.infof("the identity provider refused a form status=%d", answer.status());
            }
            return refused ? Optional.empty() : Optional.of(parse(answer));
        });
    }

    /** An answer that was read to its end. */
    private record Answer(int status, Buffer body) {}

    private JsonNode parse(Answer answer) {
        if (answer.status() != OK) {
            throw new ProviderException("it answered with status " + answer.status());
        }
        try {
            JsonNode read = json.readTree(answer.body().toString(StandardCharsets.UTF_8));
            if (!read.isObject()) {
                throw new ProviderException("it answered what is no JSON object");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new ProviderException("it answered what is not JSON");
        }
    }

    private Uni<Answer> ask(HttpMethod method, ProviderUrl url, Map<String, String> headers, Optional<String> form) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false);
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<HttpClientRequest> sent = new CompletableFuture<>();
            return Uni.createFrom()
                    .<Answer>emitter(emitter -> http.request(options)
                            .onSuccess(request -> {
                                if (!sent.complete(request)) {
                                    request.reset();
                                    return;
                                }
                                request.putHeader("Accept", "application/json");
                                headers.forEach(request::putHeader);
                                send(request, form)
                                        .onSuccess(response -> read(request, response, emitter))
                                        .onFailure(failure -> emitter.fail(unreachable()));
                            })
                            .onFailure(failure -> emitter.fail(unreachable())))
                    .ifNoItem()
                    .after(LONGEST)
                    .failWith(() -> {
                        if (!sent.cancel(false)) {
                            sent.join().reset();
                        }
                        return new ProviderException("it did not answer in time");
                    });
        });
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Optional<String> form) {
        return form.map(body -> request.putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .send(Buffer.buffer(body)))
                .orElseGet(request::send);
    }

    private static void read(
            HttpClientRequest request, HttpClientResponse response, UniEmitter<? super Answer> emitter) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(failure -> emitter.fail(unreachable()));
        response.handler(piece -> {
            if (body.length() + piece.length() > MOST_BYTES) {
                emitter.fail(new ProviderException("it answered too much"));
                request.reset();
            } else {
                body.appendBuffer(piece);
            }
        });
        response.endHandler(end -> emitter.complete(new Answer(response.statusCode(), body)));
    }

    private static ProviderException unreachable() {
        return new ProviderException("it cannot be reached");
    }
}
