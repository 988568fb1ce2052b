package org.mcpagentic.store.redis;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mcpagentic.localredis.LocalRedisCluster;

/** As on one Redis: also the way through a cluster is one that the user may take. */
class RestrictedTwoShardClusterTest extends DurableTaskContract {

    private static LocalRedisCluster cluster;
    private static TestStore store;

    @BeforeAll
    static void start() {
        cluster = LocalRedisCluster.start(2);
        cluster.nodes().forEach(AclRule::applyTo);
        store = TestStore.onCluster(
                cluster.nodes().stream().map(AclRule::urlOf).toList(),
                cluster.urls(),
                Map.of("shards", "2", "journal-bytes", "65536"));
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
