package org.mcpagentic.edge.sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.edge.access.StandingRight;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.Problems;

/** One stream being written. All of its state belongs to the request's event loop. */
final class EventStreamWriter implements Flow.Subscriber<ServerSentEvent> {

    private final Vertx vertx;
    private final Context context;
    private final RoutingContext routing;
    private final HttpServerResponse response;
    private final ObjectMapper json;
    private final Duration heartbeat;
    private final Duration stallLimit;
    private final Duration recheck;
    private final UniEmitter<? super Void> closed;

    private Flow.@Nullable Subscription subscription;
    private long watch = -1;
    private long timer = -1;
    private int unwritten;
    private long lastProgress = System.nanoTime();
    private boolean done;

    EventStreamWriter(
            RoutingContext routing,
            ObjectMapper json,
            Duration heartbeat,
            Duration stallLimit,
            Duration recheck,
            UniEmitter<? super Void> closed) {
        this.vertx = routing.vertx();
        this.context = vertx.getOrCreateContext();
        this.routing = routing;
        this.response = routing.response();
        this.json = json;
        this.heartbeat = heartbeat;
        this.stallLimit = stallLimit;
        this.recheck = recheck;
        this.closed = closed;
    }

    void start(Multi<ServerSentEvent> events) {
        // why: the only sign of a client's going away that reaches us is that quarkus-rest cancels our Uni
        closed.onTermination(() -> onLoop(this::stop));
        // why later: quarkus-rest looks for that sign only once it has our Uni, and not on an answer that has ended
        context.runOnContext(later -> {
            if (done) {
                return;
            }
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    // why: nginx holds events back without it
                    .putHeader("X-Accel-Buffering", "no")
                    .setChunked(true);
            if (routing.request().method().equals(HttpMethod.HEAD)) {
                end();
                return;
            }
            // why twice as often: a tick that finds the stream just short of silent must not wait a whole interval
            timer = vertx.setPeriodic(Math.max(1, heartbeat.toMillis() / 2), id -> tick());
            StandingRight.of(routing)
                    .ifPresent(right -> watch = vertx.setPeriodic(recheck.toMillis(), id -> ask(right)));
            write(":\n\n", () -> {});
            events.subscribe().withSubscriber(this);
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        onLoop(() -> {
            subscription = upstream;
            if (done) {
                upstream.cancel();
            } else {
                upstream.request(1);
            }
        });
    }

    @Override
    public void onNext(ServerSentEvent event) {
        onLoop(() -> {
            try {
                write(text(event), this::requestNext);
            } catch (JsonProcessingException | RuntimeException failure) {
                cancelUpstream();
                fail(failure);
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        onLoop(() -> fail(failure));
    }

    @Override
    public void onComplete() {
        onLoop(this::end);
    }

    private void requestNext() {
        Flow.Subscription upstream = subscription;
        if (upstream != null && !done) {
            upstream.request(1);
        }
    }

    private void tick() {
        long quiet = System.nanoTime() - lastProgress;
        if (unwritten > 0) {
            if (quiet > stallLimit.toNanos()) {
                Log.debugf(
                        "event stream closed: the client does not read path=%s",
                        routing.request().path());
                abort();
            }
        } else if (quiet >= heartbeat.toNanos() / 2) {
            write(":\n\n", () -> {});
        }
    }

    /** Ends the stream where the client may not see it any more; an outage is no reason to. */
    private void ask(StandingRight right) {
        right.check()
                .subscribe()
                .with(
                        stands -> {},
                        failure -> onLoop(() -> {
                            if (failure instanceof ProblemException && !done) {
                                cancelUpstream();
                                fail(failure);
                            }
                        }));
    }

    private void write(String text, Runnable onWritten) {
        if (done) {
            return;
        }
        if (unwritten++ == 0) {
            lastProgress = System.nanoTime();
        }
        response.write(text)
                .onComplete(written -> onLoop(() -> {
                    unwritten--;
                    lastProgress = System.nanoTime();
                    if (written.succeeded()) {
                        onWritten.run();
                    } else {
                        abort();
                    }
                }));
    }

    private void fail(Throwable failure) {
        if (done) {
            return;
        }
        if (failure instanceof BackPressureFailure) {
            Log.debugf(
                    "event stream closed: the client reads too slowly path=%s",
                    routing.request().path());
            abort();
            return;
        }
        try {
            write(
                    "event: error\ndata: "
                            + json.writeValueAsString(Problems.answer(failure).document()) + "\n\n",
                    () -> {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document is always writable", e);
        }
        end();
    }

    private void end() {
        if (!done) {
            stop();
            response.end();
            closed.complete(null);
        }
    }

    private void abort() {
        if (!done) {
            stop();
            response.reset();
            closed.complete(null);
        }
    }

    /** Lets go of all that the stream holds; harmless when it is done already. */
    private void stop() {
        done = true;
        vertx.cancelTimer(timer);
        vertx.cancelTimer(watch);
        cancelUpstream();
    }

    private void cancelUpstream() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private String text(ServerSentEvent event) throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        event.id().ifPresent(id -> text.append("id: ").append(id).append('\n'));
        return text.append("event: ")
                .append(event.name())
                .append("\ndata: ")
                .append(json.writeValueAsString(event.data()))
                .append("\n\n")
                .toString();
    }

    private void onLoop(Runnable work) {
        if (Vertx.currentContext() == context) {
            work.run();
        } else {
            context.runOnContext(ignored -> work.run());
        }
    }
}
