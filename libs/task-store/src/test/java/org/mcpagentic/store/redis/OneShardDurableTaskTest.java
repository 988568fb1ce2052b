package org.mcpagentic.store.redis;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mcpagentic.localredis.LocalRedis;

class OneShardDurableTaskTest extends DurableTaskContract implements ApprovalContract {

    private static LocalRedis redis;
    private static TestStore store;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
        store = TestStore.on(redis.url(), Map.of("journal-bytes", "65536"));
    }

    @AfterAll
    static void stop() {
        store.close();
        redis.close();
    }

    @Override
    public TestStore store() {
        return store;
    }
}
