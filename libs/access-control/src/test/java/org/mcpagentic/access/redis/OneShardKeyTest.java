package org.mcpagentic.access.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mcpagentic.localredis.LocalRedis;

class OneShardKeyTest implements KeyContract, TenantContract {

    private static LocalRedis redis;
    private static TestKeys test;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
        test = TestKeys.on(redis.url());
    }

    @AfterAll
    static void stop() {
        test.close();
        redis.close();
    }

    @Override
    public TestKeys test() {
        return test;
    }
}
