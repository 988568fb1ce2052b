package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.edge.sse.ServerSentEvent;

/**
 * The answer to one POST: a single JSON document, or a stream of messages where something is said before the result, or the result
 * takes long. Its state belongs to the request's event loop; its methods may be called from anywhere.
 */
final class HttpReply {

    /** The longest silence before a stream is begun, whose comments keep proxies from taking the connection for a dead one. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Most messages that wait for a slow reader; what may be left out is, beyond. */
    private static final int MOST_WAITING = 256;

    private final RoutingContext routing;
    private final HttpServerResponse response;
    private final EventStreams streams;
    private final Accepted accepted;
    private final Vertx vertx;
    private final Context context;
    private final AtomicInteger waiting = new AtomicInteger();
    private final long patience;

    private @Nullable UnicastProcessor<ServerSentEvent> stream;
    private @Nullable Runnable whenGone;
    private @Nullable Cancellable writing;
    private boolean ended;
    private boolean isGone;

    HttpReply(RoutingContext routing, EventStreams streams, Accepted accepted) {
        this.routing = routing;
        this.response = routing.response();
        this.streams = streams;
        this.accepted = accepted;
        this.vertx = routing.vertx();
        this.context = vertx.getOrCreateContext();
        this.patience = vertx.setTimer(PATIENCE.toMillis(), id -> onLoop(this::streamed));
        routing.addEndHandler(over -> onLoop(() -> {
            if (over.failed()) {
                gone();
            }
        }));
    }

    /** Runs once if the client goes away before the end. */
    void whenGone(Runnable work) {
        onLoop(() -> {
            if (isGone) {
                work.run();
            } else {
                whenGone = work;
            }
        });
    }

    /** Runs work on the request's event loop. */
    Executor loop() {
        return this::onLoop;
    }

    /** Whether anything can be said before the result. */
    boolean takesMessages() {
        return accepted.stream();
    }

    /** Says something that the client can do without; it is left out where the client does not read, or takes a result alone. */
    void mention(ObjectNode message) {
        onLoop(() -> {
            if (!ended && takesMessages() && waiting.get() < MOST_WAITING) {
                emit(message);
            }
        });
    }

    /** Asks the client something. */
    void ask(ObjectNode request) {
        onLoop(() -> {
            if (!ended) {
                emit(request);
            }
        });
    }

    /** Says the last thing. */
    void end(int status, ObjectNode message) {
        onLoop(() -> {
            if (ended) {
                return;
            }
            if (status == 200 && !accepted.json()) {
                streamed();
            }
            UnicastProcessor<ServerSentEvent> open = stream;
            if (open != null) {
                emit(message);
                over();
                open.onComplete();
            } else {
                over();
                response.setStatusCode(status)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(message.toString());
            }
        });
    }

    /** Ends without a message. */
    void end(int status) {
        onLoop(() -> {
            if (ended) {
                return;
            }
            over();
            UnicastProcessor<ServerSentEvent> open = stream;
            if (open != null) {
                open.onComplete();
            } else {
                response.setStatusCode(status).end();
            }
        });
    }

    /** Answers with events until the client goes away. */
    void follow(Multi<ServerSentEvent> events) {
        onLoop(() -> {
            if (!ended && stream == null) {
                over();
                writing = streams.send(routing, events).subscribe().with(closed -> {}, failure -> {});
            }
        });
    }

    private void emit(ObjectNode message) {
        streamed();
        UnicastProcessor<ServerSentEvent> open = stream;
        if (open != null) {
            waiting.incrementAndGet();
            open.onNext(ServerSentEvent.passing("message", message));
        }
    }

    private void streamed() {
        if (ended || stream != null || !takesMessages()) {
            return;
        }
        UnicastProcessor<ServerSentEvent> begun = UnicastProcessor.create(new ConcurrentLinkedQueue<>(), () -> {});
        stream = begun;
        Multi<ServerSentEvent> events = begun.onItem().invoke(sent -> waiting.decrementAndGet());
        writing = streams.send(routing, events)
                .subscribe()
                .with(closed -> onLoop(this::gone), failure -> onLoop(this::gone));
    }

    private void gone() {
        Cancellable written = writing;
        if (written != null) {
            written.cancel();
        }
        if (!ended) {
            over();
            isGone = true;
            Runnable work = whenGone;
            if (work != null) {
                work.run();
            }
        }
    }

    private void over() {
        ended = true;
        vertx.cancelTimer(patience);
    }

    private void onLoop(Runnable work) {
        if (Vertx.currentContext() == context) {
            work.run();
        } else {
            context.runOnContext(ignored -> work.run());
        }
    }
}
