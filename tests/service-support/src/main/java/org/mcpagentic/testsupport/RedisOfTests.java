package org.mcpagentic.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.localredis.LocalRedis;

/** A Redis of the tests' own, which keeps its data when it is killed; injected into fields of type {@link LocalRedis}. */
public final class RedisOfTests implements QuarkusTestResourceLifecycleManager {

    private @Nullable LocalRedis redis;
    private @Nullable Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("redis-of-tests-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        redis = LocalRedis.builder()
                .dataFolder(folder)
                .option("appendfsync", "always")
                .start();
        return Map.of("REDIS_URL", redis.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(LocalRedis.class));
    }

    @Override
    public void stop() {
        if (redis != null) {
            redis.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
