package org.mcpagentic.access.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mcpagentic.localredis.LocalRedisCluster;

class TwoShardClusterKeyTest implements KeyContract, TenantContract {

    private static LocalRedisCluster redis;
    private static TestKeys test;

    @BeforeAll
    static void start() {
        redis = LocalRedisCluster.start(2);
        test = TestKeys.onCluster(redis.urls());
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
