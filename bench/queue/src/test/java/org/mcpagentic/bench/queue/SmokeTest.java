package org.mcpagentic.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedis;

/** Runs the bench for a moment, without the peer, so that it cannot rot. */
class SmokeTest {

    @Test
    void processesRunTasksToTheirEndAndTellWhatItTook() {
        try (LocalRedis redis = LocalRedis.start();
                Party worker = Contender.OURS.worker(redis.url(), 8, Duration.ZERO);
                Party producer = Contender.OURS.producer(redis.url(), new Scenario.Open(10, 50, 100))) {
            assertThat(worker).isNotNull();

            producer.await("BEGIN");
            Spent before = Spent.at(redis);
            int latencies = producer.await("END").path("latencies").size();
            Spent spent = Spent.at(redis).since(before);

            assertThat(latencies).isEqualTo(50);
            assertThat(spent.scripts().count()).isGreaterThan(4 * 50);
            assertThat(spent.cpuMicros()).isPositive();
        }
    }

    @Test
    void theProfileShowsEveryScriptOfATask() {
        try (LocalRedis redis = LocalRedis.start()) {
            String profile = new Profile(redis, 128).run();

            assertThat(profile)
                    .contains("create", "tick, claiming 64", "advance", "end, one outcome", "read", "tick, idle");
        }
    }
}
