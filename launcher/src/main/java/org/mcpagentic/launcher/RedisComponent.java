package org.mcpagentic.launcher;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.localredis.LocalRedis;

/** The Redis that keeps the system's data. */
final class RedisComponent implements Component {
    static final String NAME = "redis";

    private final LocalRedis.Builder builder;
    private @Nullable LocalRedis redis;

    RedisComponent(LocalRedis.Builder builder) {
        this.builder = builder;
    }

    String url() {
        return started().url();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void launch() {
        if (redis == null) {
            redis = builder.start();
        } else {
            redis.restart();
        }
    }

    @Override
    public long pid() {
        return started().pid();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return started().exit();
    }

    @Override
    public boolean isReady() {
        return started().isRunning();
    }

    @Override
    public void requestStop() {
        // why: the services still write while they end
    }

    @Override
    public void stop() {
        if (redis != null) {
            redis.stop();
        }
    }

    private LocalRedis started() {
        if (redis == null) {
            throw new IllegalStateException("Redis was not launched");
        }
        return redis;
    }
}
