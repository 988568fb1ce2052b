package org.mcpagentic.bench.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mcpagentic.localredis.LocalRedis;

/** Runs both on one Redis by turns, emptied in between, and collects the figures. */
// why: workers work for as long as they are open, and nobody talks to them
@SuppressWarnings("try")
final class Comparison {

    private static final Duration CALM = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(6);

    private final LocalRedis redis;
    private final List<Contender> contenders;
    private final Extent extent;
    private final Figures figures = new Figures();

    /**
     * How much is measured.
     *
     * @param rounds each with all of a contender's parts
     * @param warmUp tasks before those that are measured, so that both run compiled code
     * @param tasks of a closed loop
     * @param inFlight tasks of a closed loop that are under way at any time
     * @param openTasks of an open loop
     * @param perSecond of an open loop
     * @param creates that are only created
     * @param slots tasks that a worker runs at the same time
     * @param held tasks that a killed worker held; 0 leaves recovery out, which takes BullMQ a minute and more
     */
    record Extent(
            int rounds,
            int warmUp,
            int tasks,
            int inFlight,
            int openTasks,
            int perSecond,
            int creates,
            int slots,
            int held) {}

    Comparison(LocalRedis redis, List<Contender> contenders, Extent extent) {
        this.redis = redis;
        this.contenders = List.copyOf(contenders);
        this.extent = extent;
    }

    Figures run() throws Exception {
        for (int round = 1; round <= extent.rounds(); round++) {
            for (Contender contender : contenders) {
                System.out.printf("round %d of %d: %s%n", round, extent.rounds(), contender.title());
                toEnd(contender);
                creates(contender);
            }
        }
        for (Contender contender : contenders) {
            calls(contender);
            idle(contender);
            if (extent.held() > 0) {
                System.out.printf("recovery: %s%n", contender.title());
                recovery(contender);
            }
        }
        return figures;
    }

    private void toEnd(Contender contender) throws Exception {
        empty();
        try (Party worker = contender.worker(redis.url(), extent.slots(), Duration.ZERO)) {
            double idlePerMicro = idleCpu();
            Measured loop = measure(contender, new Scenario.Closed(extent.warmUp(), extent.tasks(), extent.inFlight()));
            double cpu = loop.spent().cpuMicros() - idlePerMicro * loop.micros();
            note(contender, Figure.CPU, cpu / extent.tasks());
            note(contender, Figure.THROUGHPUT, extent.tasks() / (loop.micros() / 1e6));
            note(contender, Figure.COMMANDS, loop.spent().commands() / extent.tasks());
            Measured paced =
                    measure(contender, new Scenario.Open(extent.warmUp(), extent.openTasks(), extent.perSecond()));
            Samples latencies = Samples.of(paced.latencies());
            note(contender, Figure.P50, latencies.percentile(50) / 1_000);
            note(contender, Figure.P99, latencies.percentile(99) / 1_000);
        }
    }

    private void note(Contender contender, Figure figure, double value) {
        figures.add(contender, figure, value);
        System.out.printf("  %s: %.2f %s%n", figure.title(), value, figure.unit());
    }

    /** Why apart: whoever watches every command slows all the others down. */
    private void calls(Contender contender) throws Exception {
        empty();
        int few = Math.min(extent.tasks(), 2_000);
        try (Party worker = contender.worker(redis.url(), extent.slots(), Duration.ZERO);
                Party producer = contender.producer(redis.url(), new Scenario.Closed(few, few, extent.inFlight()))) {
            producer.await("BEGIN");
            try (SentCommands sent = SentCommands.watch(redis.port())) {
                producer.await("END");
                note(contender, Figure.CALLS, sent.count() / (double) few);
            }
        }
    }

    private void creates(Contender contender) throws Exception {
        empty();
        boolean durable = contender == Contender.OURS;
        if (durable) {
            redis.command("CONFIG", "SET", "appendfsync", "always");
            redis.command("CONFIG", "SET", "appendonly", "yes");
            while (redis.command("INFO", "persistence").contains("aof_rewrite_in_progress:1")) {
                Thread.sleep(50);
            }
        }
        try {
            Measured measured =
                    measure(contender, new Scenario.Creates(extent.warmUp() / 2, extent.creates(), extent.inFlight()));
            note(contender, Figure.DURABLE_CREATES, extent.creates() / (measured.micros() / 1e6));
        } finally {
            redis.command("CONFIG", "SET", "appendonly", "no");
        }
    }

    private void idle(Contender contender) throws Exception {
        empty();
        try (Party _ = contender.worker(redis.url(), extent.slots(), Duration.ZERO)) {
            Thread.sleep(CALM);
            try (SentCommands sent = SentCommands.watch(redis.port())) {
                Thread.sleep(IDLE);
                note(contender, Figure.IDLE, sent.count() / (double) IDLE.toSeconds());
            }
        }
    }

    private void recovery(Contender contender) throws Exception {
        empty();
        try (Party doomed = contender.worker(redis.url(), extent.slots(), Duration.ofMinutes(10));
                Party producer = contender.producer(redis.url(), new Scenario.Held(extent.held()))) {
            producer.await("HELD");
            try (Party _ = contender.worker(redis.url(), extent.slots(), Duration.ZERO)) {
                Thread.sleep(CALM);
                long killed = System.currentTimeMillis();
                doomed.kill();
                List<Double> seconds = new ArrayList<>();
                producer.await("END").path("ended").forEach(at -> seconds.add((at.asLong() - killed) / 1e3));
                Samples samples = Samples.of(seconds);
                note(contender, Figure.RECOVERY, samples.median());
                note(contender, Figure.RECOVERY_MAX, samples.max());
            }
        }
    }

    /** What a producer's measured part took. */
    private record Measured(double micros, List<Long> latencies, Spent spent) {}

    private Measured measure(Contender contender, Scenario scenario) {
        try (Party producer = contender.producer(redis.url(), scenario)) {
            producer.await("BEGIN");
            Spent before = Spent.at(redis);
            JsonNode end = producer.await("END");
            Spent spent = Spent.at(redis).since(before);
            List<Long> latencies = new ArrayList<>();
            end.path("latencies").forEach(latency -> latencies.add(latency.asLong()));
            return new Measured(end.path("micros").asDouble(), latencies, spent);
        }
    }

    /** Microseconds of CPU per microsecond that Redis spends on a worker that has nothing to do. */
    private double idleCpu() throws InterruptedException {
        Thread.sleep(CALM);
        Spent before = Spent.at(redis);
        Thread.sleep(CALM);
        return Spent.at(redis).since(before).cpuMicros() / (CALM.toNanos() / 1_000.0);
    }

    private void empty() {
        redis.command("FLUSHALL", "SYNC");
    }
}
