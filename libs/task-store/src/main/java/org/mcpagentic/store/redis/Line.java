package org.mcpagentic.store.redis;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived connection that many requests share, one behind the other without waiting. A connection that breaks, falls
 * silent or turns out to lead to a replica is replaced for the next request. Why not a connection from the pool for each request: on a cluster that
 * takes one from every node at once, so that requests wait for each other in a ring.
 */
final class Line {

    private static final String CLOSED = "CONNECTION_CLOSED";
    private static final String CROWDED = "Redis waiting queue is full";

    private final Redis redis;
    private final Shards shards;
    private final Duration patience;
    private final Patience bound;
    private final AtomicReference<@Nullable Wire> current = new AtomicReference<>();

    /** @param shards all that the connection serves */
    Line(Redis redis, Shards shards, Duration patience) {
        this.redis = redis;
        this.shards = shards;
        this.patience = patience;
        this.bound = new Patience(patience);
    }

    /**
     * Sends a request; fails within twice the patience where nothing comes back, with {@link ClosedChannelException} where
     * the connection broke meanwhile, with {@link RejectedExecutionException} where too many wait already.
     */
    Uni<Response> send(Request request) {
        return Uni.createFrom().deferred(() -> {
            Wire wire = wire();
            return bound.with(wire.connection
                            .chain(connection -> connection.send(request))
                            .onItemOrFailure()
                            .transformToUni(wire::own)
                            .onFailure()
                            .transform(Line::told)
                            .invoke(wire::heard))
                    .onFailure()
                    .invoke(failure -> drop(wire, failure));
        });
    }

    /** Tells what the client says of itself from what Redis says. */
    private static Throwable told(Throwable failure) {
        if (failure instanceof ErrorType error && error.is(CLOSED)) {
            return new ClosedChannelException();
        }
        return CROWDED.equals(failure.getMessage()) ? new RejectedExecutionException(CROWDED, failure) : failure;
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
        boolean answered = failure instanceof ErrorType error && !isOfAReplica(error);
        boolean crowded = failure instanceof RejectedExecutionException;
        boolean slow = failure instanceof TimeoutException && wire.heardWithin(patience);
        if (!answered && !crowded && !slow && current.compareAndSet(wire, null)) {
            wire.close(shards);
        }
    }

    /** Whether it was a master once and is none any more: whoever connects again finds the one that is. */
    static boolean isOfAReplica(ErrorType error) {
        return error.is("READONLY") || error.is("MASTERDOWN");
    }

    private static final class Wire {

        /**
         * How long the unsubscribing may take, which marks the connection as one that is not used again. Long beside what a busy machine
         * keeps an event loop waiting: before it is marked, closing it would put it back among those that are.
         */
        private static final Duration LAST_WORD = Duration.ofSeconds(2);

        private final Uni<RedisConnection> connection;
        private volatile long lastHeard = System.nanoTime();
        private volatile boolean givenUp;

        Wire(Redis redis) {
            connection = redis.connect().memoize().indefinitely();
        }

        /**
         * The answer, unless the connection was given up: the client then takes the confirmation of the unsubscribing for the
         * answer to the oldest request, and so gives each later one its neighbour's.
         */
        Uni<Response> own(@Nullable Response answer, @Nullable Throwable failure) {
            if (givenUp) {
                return Uni.createFrom().failure(new ClosedChannelException());
            }
            return failure == null
                    ? Uni.createFrom().item(answer)
                    : Uni.createFrom().failure(failure);
        }

        void heard() {
            lastHeard = System.nanoTime();
        }

        boolean heardWithin(Duration patience) {
            return System.nanoTime() - lastHeard < patience.toNanos();
        }

        /**
         * Closes it for good, also where it comes into being only later. Why not just close it: that would put it back into
         * the pool, which would hand out the same silent connection again; one that was used for subscriptions it ends.
         */
        void close(Shards shards) {
            givenUp = true;
            connection
                    .call(open -> Uni.join()
                            .all(IntStream.range(0, shards.count())
                                    .mapToObj(shard -> open.send(
                                            Request.cmd(Command.SUNSUBSCRIBE).arg(Key.base(shard))))
                                    .toList())
                            .andCollectFailures()
                            .ifNoItem()
                            .after(LAST_WORD)
                            .fail()
                            .onFailure()
                            .recoverWithNull())
                    .subscribe()
                    .with(RedisConnection::closeAndForget, failure -> {});
        }
    }
}
