package org.mcpagentic.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.localredis.LocalRedisSentinels;

/** A master, two replicas and three Sentinels of the tests' own; injected into fields of type {@link LocalRedisSentinels}. */
public final class SentinelsOfTests implements QuarkusTestResourceLifecycleManager {

    private @Nullable LocalRedisSentinels redis;

    @Override
    public Map<String, String> start() {
        redis = LocalRedisSentinels.start(2, 3, Duration.ofSeconds(1));
        return Map.of(
                "REDIS_URL",
                String.join(",", redis.urls()),
                "quarkus.redis.client-type",
                "sentinel",
                "REDIS_MASTER_NAME",
                LocalRedisSentinels.MASTER_NAME);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(LocalRedisSentinels.class));
    }

    @Override
    public void stop() {
        if (redis != null) {
            redis.close();
        }
    }
}
