package org.mcpagentic.store.redis;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mcpagentic.localredis.LocalRedisCluster;

class TwoShardClusterDurableTaskTest extends DurableTaskContract implements ApprovalContract {

    private static LocalRedisCluster cluster;
    private static TestStore store;

    @BeforeAll
    static void start() {
        cluster = LocalRedisCluster.start(2);
        store = TestStore.onCluster(cluster.urls(), Map.of("shards", "2", "journal-bytes", "65536"));
    }

    @AfterAll
    static void stop() {
        store.close();
        cluster.close();
    }

    @Override
    public TestStore store() {
        return store;
    }
}
