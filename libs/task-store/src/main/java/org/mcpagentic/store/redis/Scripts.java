package org.mcpagentic.store.redis;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;

/** Runs scripts on one Redis: by digest, by text where Redis has lost it, and once more where the connection broke. */
public final class Scripts {

    /** After which a request is given up; 503 has to be out within 2 s. */
    static final Duration PATIENCE = Duration.ofMillis(1800);

    private static final Duration ONE_TRY = Duration.ofMillis(1500);

    private final Line line;
    private final LatencyObserver observer;
    private final Patience bound = new Patience(PATIENCE);

    Scripts(Redis redis, Shards shards, LatencyObserver observer) {
        this.line = new Line(redis, shards, ONE_TRY);
        this.observer = observer;
    }

    /**
     * Runs a script on a shard.
     *
     * @return its reply; fails with {@link StoreException}
     */
    public Uni<Response> run(int shard, Lua script, List<String> arguments) {
        return Uni.createFrom().deferred(() -> {
            long begin = System.nanoTime();
            return bound.with(send(Command.EVALSHA, script.digest(), shard, arguments)
                            .onFailure(Scripts::isUnknownScript)
                            .recoverWithUni(() -> send(Command.EVAL, script.source(), shard, arguments))
                            // why: a pooled connection may have died unnoticed; every script may be sent twice
                            .onFailure(Scripts::isBroken)
                            .retry()
                            .atMost(1))
                    .onFailure()
                    .transform(Scripts::translated)
                    .onFailure()
                    .invoke(() -> observer.failed(script.name()))
                    .eventually(() -> observer.observed(script.name(), Duration.ofNanos(System.nanoTime() - begin)));
        });
    }

    /** Runs a plain command; fails with {@link StoreException}. */
    public Uni<Response> command(Command command, String... arguments) {
        return Uni.createFrom().deferred(() -> {
            Request request = Request.cmd(command);
            for (String argument : arguments) {
                request.arg(argument);
            }
            return bound.with(line.send(request)).onFailure().transform(Scripts::translated);
        });
    }

    private Uni<Response> send(Command command, String script, int shard, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(Key.base(shard));
        for (String argument : arguments) {
            request.arg(argument);
        }
        return line.send(request);
    }

    private static boolean isBroken(Throwable failure) {
        if (failure instanceof ErrorType error) {
            return Line.isOfAReplica(error);
        }
        return !(failure instanceof TimeoutException) && !(failure instanceof RejectedExecutionException);
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure instanceof ErrorType error && error.is("NOSCRIPT");
    }

    private static Throwable translated(Throwable failure) {
        if (failure instanceof StoreException) {
            return failure;
        }
        if (failure instanceof ErrorType error) {
            if (error.is("OOM")) {
                return new StoreException(Code.STORE_FULL, "the store is full", Optional.empty(), failure);
            }
            if (!isPassing(error)) {
                return new IllegalStateException("Redis refused a script: " + error.getMessage(), failure);
            }
        }
        String reason = switch (failure) {
            case TimeoutException timeout -> "does not answer";
            case RejectedExecutionException crowded -> "has too many requests waiting";
            default -> "cannot be reached";
        };
        return new StoreException(Code.STORE_UNAVAILABLE, "the store " + reason, Optional.empty(), failure);
    }

    private static boolean isPassing(ErrorType error) {
        return error.is("LOADING")
                || error.is("MASTERDOWN")
                || error.is("CLUSTERDOWN")
                || error.is("TRYAGAIN")
                || error.is("READONLY")
                || error.is("MISCONF")
                || error.is("NOREPLICAS")
                || error.is("BUSY");
    }
}
