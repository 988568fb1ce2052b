package org.mcpagentic.edge.sse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/**
 * Answers requests with server-sent events. A resource method produces {@code text/event-stream} and returns
 * {@code Uni<Void>}: what {@link #send} gives it; a failure before that is an ordinary problem, and an empty
 * {@code Uni} without it an ordinary 204, which tells the client not to reconnect.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
@ApplicationScoped
public class EventStreams {

    /** The longest silence: proxies take a silent connection for a dead one. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How long a client may leave what was sent unread before its stream is closed. */
    static final Duration STALL_LIMIT = Duration.ofSeconds(30);

    /** How often it is asked whether the client may still see the stream. */
    static final Duration RECHECK = Duration.ofSeconds(30);

    private final ObjectMapper json;
    private final Duration heartbeat;
    private final Duration stallLimit;
    private final Duration recheck;

    @Inject
    EventStreams(ObjectMapper json) {
        this(json, HEARTBEAT, STALL_LIMIT, RECHECK);
    }

    EventStreams(ObjectMapper json, Duration heartbeat, Duration stallLimit, Duration recheck) {
        this.json = json;
        this.heartbeat = heartbeat;
        this.stallLimit = stallLimit;
        this.recheck = recheck;
    }

    /**
     * Sends the events until they end, and closes the stream. Events are asked for one at a time, as the client takes
     * them: a source that cannot wait must bound what it keeps ({@code onOverflow().buffer(n)}); its
     * {@code BackPressureFailure} closes the stream, and the client resumes behind the last id. Any other failure is
     * sent as event {@code error} with the problem; so is the end of the client's right to see it. When the client goes away the events are cancelled.
     *
     * @return completes when the stream is closed
     */
    public Uni<Void> send(RoutingContext routing, Multi<ServerSentEvent> events) {
        return Uni.createFrom()
                .emitter(emitter ->
                        new EventStreamWriter(routing, json, heartbeat, stallLimit, recheck, emitter).start(events));
    }

    /**
     * Behind which event the client wants to resume: its {@code Last-Event-ID}.
     *
     * @throws ProblemException {@code bad_header} when it is not the number of an event
     */
    public static OptionalLong lastEventId(HttpServerRequest request) {
        List<String> values = request.headers().getAll("Last-Event-ID");
        if (values.isEmpty()) {
            return OptionalLong.empty();
        }
        if (values.size() > 1 || !values.getFirst().matches("[0-9]{1,18}")) {
            throw new ProblemException(ProblemCode.BAD_HEADER, "the header Last-Event-ID must be an event's number");
        }
        return OptionalLong.of(Long.parseLong(values.getFirst()));
    }
}
