package org.mcpagentic.localredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalRedisClusterTest {

    @Test
    void spreadsTheSlotsOverItsMasters() {
        try (LocalRedisCluster cluster = LocalRedisCluster.start(3)) {
            LocalRedis first = cluster.nodes().getFirst();
            LocalRedis last = cluster.nodes().getLast();

            // {b} is slot 3300, {a} is slot 15495
            assertThat(first.command("SET", "{b}", "1")).isEqualTo("OK");
            assertThat(last.command("SET", "{a}", "1")).isEqualTo("OK");
            assertThatThrownBy(() -> first.command("SET", "{a}", "1")).hasMessageContaining("MOVED 15495");
            assertThat(new HashSet<>(cluster.urls())).hasSize(3);
        }
    }

    @Test
    void isServedByAMasterAlone() {
        try (LocalRedisCluster cluster = LocalRedisCluster.start(1)) {
            LocalRedis only = cluster.nodes().getFirst();

            assertThat(only.command("SET", "any", "1")).isEqualTo("OK");
        }
    }

    @Test
    void endsAllItsNodesWhenClosed() {
        LocalRedisCluster cluster = LocalRedisCluster.start(2);
        var pids = cluster.nodes().stream().map(LocalRedis::pid).toList();

        cluster.close();

        assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
    }
}
