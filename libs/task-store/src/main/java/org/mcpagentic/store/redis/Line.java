package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived connection that many requests share, one behind the other without waiting. A connection that breaks or
 * falls silent is replaced for the next request. Why not a connection from the pool for each request: on a cluster that
 * takes one from every node at once, so that requests wait for each other in a ring.
 */
final class Line {

    private final Redis redis;
    private final Duration patience;
    private final AtomicReference<@Nullable Wire> current = new AtomicReference<>();

    Line(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /** Sends a request; fails within twice the patience where nothing comes back. */
    Uni<Response> send(Request request) {
        return Uni.createFrom().deferred(() -> {
            Wire wire = wire();
            return wire.connection
                    .chain(connection -> connection.send(request))
                    .invoke(wire::heard)
                    .ifNoItem()
                    .after(patience)
                    .fail()
                    .onFailure()
                    .invoke(failure -> drop(wire, failure));
        });
    }

    private Wire wire() {
        Wire wire = current.get();
        if (wire != null) {
            return wire;
        }
        Wire fresh = new Wire(redis);
        Wire other = current.compareAndExchange(null, fresh);
        return other == null ? fresh : other;
    }

    private void drop(Wire wire, Throwable failure) {
        boolean answered = failure instanceof ErrorType;
        boolean slow = failure instanceof io.smallrye.mutiny.TimeoutException && wire.heardWithin(patience);
        if (!answered && !slow && current.compareAndSet(wire, null)) {
            wire.close();
        }
    }

    private static final class Wire {

        private final Uni<RedisConnection> connection;
        private volatile long lastHeard = System.nanoTime();
        private volatile boolean closed;

        Wire(Redis redis) {
            connection = redis.connect()
                    .invoke(connected -> {
                        if (closed) {
                            connected.closeAndForget();
                        }
                    })
                    .memoize()
                    .indefinitely();
        }

        void heard() {
            lastHeard = System.nanoTime();
        }

        boolean heardWithin(Duration patience) {
            return System.nanoTime() - lastHeard < patience.toNanos();
        }

        void close() {
            closed = true;
            connection.subscribe().with(RedisConnection::closeAndForget, failure -> {});
        }
    }
}
