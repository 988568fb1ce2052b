package org.mcpagentic.dashboard.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.dashboard.signin.SessionWatch;
import org.mcpagentic.edge.problem.Problem;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.Problems;

/**
 * Passes server-sent events on as the bytes that they are, comments included, only as fast as the browser takes them;
 * a browser that goes away ends the call.
 *
 * <p>Beside the typed clients, because those read a stream without back pressure and cannot be cancelled before the
 * first byte.
 */
@ApplicationScoped
public class EventRelay {
    private static final int WAITING_CALLS = 100;

    private final UpstreamConfig config;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final HttpClient client;
    private final SessionWatch watch;

    EventRelay(Vertx vertx, UpstreamConfig config, ObjectMapper json, SessionWatch watch) {
        this.config = config;
        this.watch = watch;
        this.json = json;
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxWaitQueueSize(WAITING_CALLS),
                new PoolOptions().setHttp1MaxSize(config.maxStreams()));
    }

    /** The events of a task behind {@code lastEventId}, or 204 where nothing comes after it. */
    public RestMulti<byte[]> taskEvents(
            String taskId, @Nullable String lastEventId, OnBehalf person, RoutingContext reader) {
        RequestOptions request = request(HttpMethod.GET, config.customMcp().at("/task/" + taskId + "/events"), person);
        putIfPresent(request, "Last-Event-ID", lastEventId);
        return relay("custom-mcp-service", request, Optional.empty(), reader);
    }

    /** The answer to a question as it is made. */
    public RestMulti<byte[]> answer(AskRequest question, OnBehalf person, RoutingContext reader) {
        RequestOptions request = request(HttpMethod.POST, config.publicMcp().at("/ask"), person);
        request.putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        return relay("public-mcp-service", request, Optional.of(toJson(question)), reader);
    }

    private RequestOptions request(HttpMethod method, String url, OnBehalf person) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url)
                .setConnectTimeout(config.connectTimeout().toMillis())
                .setIdleTimeout(config.streamSilence().toMillis())
                .putHeader(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS + ", " + Problem.MEDIA_TYPE);
        putIfPresent(request, HttpHeaders.AUTHORIZATION, person.getAuthorization());
        putIfPresent(request, "Session-Id", person.getSessionId());
        putIfPresent(request, HttpHeaders.USER_AGENT, person.getUserAgent());
        return request;
    }

    private static void putIfPresent(RequestOptions request, String header, @Nullable String value) {
        if (value != null) {
            request.putHeader(header, value);
        }
    }

    private RestMulti<byte[]> relay(
            String service, RequestOptions request, Optional<Buffer> body, RoutingContext reader) {
        Uni<Answer> answer = UpstreamCall.open(vertx, client, request, body)
                .chain(call -> toAnswer(service, call, reader))
                .onFailure(failure -> !(failure instanceof ProblemException))
                .transform(failure -> Outage.unreachable(service, failure));
        return RestMulti.fromUniResponse(answer, Answer::body, Answer::headers, Answer::status);
    }

    private Uni<Answer> toAnswer(String service, UpstreamCall call, RoutingContext reader) {
        if (call.status() == 200 && call.isOf(MediaType.SERVER_SENT_EVENTS)) {
            return Uni.createFrom().item(new Answer(200, events(service, call, reader), Answer.EVENT_HEADERS));
        }
        if (call.status() == 204) {
            return call.wholeBody(0)
                    .map(nothing -> new Answer(204, Multi.createFrom().empty(), Map.of()));
        }
        if (call.status() >= 400 && call.isOf(Problem.MEDIA_TYPE)) {
            return call.wholeBody(Relay.MAX_PROBLEM)
                    .map(problem -> problem.map(bytes -> Answer.problem(call.status(), bytes, call.retryAfter()))
                            .orElseThrow(() -> Outage.unusable(service, call.status())));
        }
        call.abandon();
        return Uni.createFrom().failure(Outage.unusable(service, call.status()));
    }

    // why the blank lines: the stream may have broken within an event, which a reader then drops as unreadable
    private Multi<byte[]> events(String service, UpstreamCall call, RoutingContext reader) {
        Multi<byte[]> told = call.body()
                .onFailure(failure -> !call.isAbandoned())
                .recoverWithItem(failure -> errorEvent(Outage.unreachable(service, failure)));
        return watch.within(reader, told)
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> errorEvent((ProblemException) failure));
    }

    private byte[] errorEvent(ProblemException problem) {
        Problem document = Problems.answer(problem).document();
        return ("\n\nevent: error\ndata: " + toJson(document) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private Buffer toJson(Object value) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(new IOException("a record of this service cannot be written as JSON", e));
        }
    }

    /** What the browser is answered. */
    private record Answer(int status, Multi<byte[]> body, Map<String, List<String>> headers) {
        // why X-Accel-Buffering: nginx holds events back without it
        static final Map<String, List<String>> EVENT_HEADERS = Map.of(
                HttpHeaders.CONTENT_TYPE,
                List.of(MediaType.SERVER_SENT_EVENTS),
                HttpHeaders.CACHE_CONTROL,
                List.of("no-store"),
                "X-Accel-Buffering",
                List.of("no"));

        static Answer problem(int status, byte[] document, Optional<String> retryAfter) {
            Map<String, List<String>> type = Map.of(HttpHeaders.CONTENT_TYPE, List.of(Problem.MEDIA_TYPE));
            Map<String, List<String>> headers = retryAfter
                    .map(seconds -> Map.of(
                            HttpHeaders.CONTENT_TYPE, List.of(Problem.MEDIA_TYPE),
                            HttpHeaders.RETRY_AFTER, List.of(seconds)))
                    .orElse(type);
            return new Answer(status, Multi.createFrom().item(document), headers);
        }
    }
}
