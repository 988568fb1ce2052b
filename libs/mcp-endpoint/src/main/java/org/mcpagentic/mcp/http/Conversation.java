package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.access.Challenges;
import org.mcpagentic.edge.sse.ServerSentEvent;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.RequestId;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.mcp.dispatch.Method;
import org.mcpagentic.mcp.wire.Message;
import org.mcpagentic.mcp.wire.Reply;

/** One request of a client and its answer. */
final class Conversation {

    private final RoutingContext routing;
    private final Era era;
    private final EndpointMetrics metrics;
    private final Challenges challenges;
    private final Message.Request request;
    private final HttpReply reply;
    private final long begin = System.nanoTime();

    Conversation(
            RoutingContext routing,
            Era era,
            EndpointMetrics metrics,
            Challenges challenges,
            Message.Request request,
            HttpReply reply) {
        this.routing = routing;
        this.era = era;
        this.metrics = metrics;
        this.challenges = challenges;
        this.request = request;
        this.reply = reply;
    }

    RoutingContext routing() {
        return routing;
    }

    Caller caller() {
        return Caller.of(routing);
    }

    RequestId id() {
        return request.id();
    }

    ObjectNode params() {
        return request.params();
    }

    HttpReply reply() {
        return reply;
    }

    /** Answers with a result. */
    void succeed(EndpointMetrics.Outcome outcome, ObjectNode result) {
        observed(outcome);
        reply.end(200, Reply.result(request.id(), result));
    }

    /** Answers with what a handler failed with. */
    void fail(Throwable failure) {
        refuse(Refusal.of(failure, era, method().map(Method::wireName).orElse("unknown")));
    }

    /** Answers with an error. */
    void refuse(Refusal refusal) {
        boolean ours = refusal.error().code() == McpError.INTERNAL;
        observed(ours ? EndpointMetrics.Outcome.FAILED : EndpointMetrics.Outcome.REFUSED);
        refusal.missing()
                .filter(scope -> !routing.response().headWritten())
                .ifPresent(scope -> routing.response()
                        .putHeader("WWW-Authenticate", challenges.insufficientScope(routing.request(), scope)));
        reply.end(refusal.status(), Reply.error(Optional.of(request.id()), refusal.error()));
    }

    /** Answers with a stream that has no end of its own. */
    void follow(Multi<ServerSentEvent> events) {
        observed(EndpointMetrics.Outcome.RESULT);
        reply.follow(events);
    }

    /** Notes that nobody waits for the answer any more. */
    void cancelled() {
        observed(EndpointMetrics.Outcome.CANCELLED);
    }

    private Optional<Method> method() {
        return Method.of(era, request.method());
    }

    private void observed(EndpointMetrics.Outcome outcome) {
        metrics.observed(era, method(), outcome, Duration.ofNanos(System.nanoTime() - begin));
    }
}
