package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mcpagentic.store.Statistics;
import org.mcpagentic.store.StatisticsReader;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;

/** Reads the counters that the scripts keep. */
final class RedisStatistics implements StatisticsReader {

    private final Scripts scripts;
    private final Shards shards;
    private final EventHub hub;
    private final Supplier<Instant> birth;

    /** @param birth when the store was first started, which is since when it counts */
    RedisStatistics(Scripts scripts, Shards shards, EventHub hub, Supplier<Instant> birth) {
        this.scripts = scripts;
        this.shards = shards;
        this.hub = hub;
        this.birth = birth;
    }

    @Override
    public Uni<Statistics> read(Work work, TenantId tenant) {
        return scripts.run(
                        shards.of(tenant),
                        Script.STATISTICS,
                        List.of(work.name().toLowerCase(Locale.ROOT), tenant.value()))
                .map(reply -> statistics(work, reply));
    }

    @Override
    public Multi<Long> changes() {
        return hub.changes();
    }

    private Statistics statistics(Work work, Response reply) {
        Map<String, String> fields = Replies.map(reply.get(0));
        SortedMap<Integer, Long> histogram = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("h:")) {
                histogram.put(Integer.parseInt(name.substring(2)), Long.parseLong(value));
            }
        });
        return new Statistics(
                count(fields, "processed"),
                count(fields, "succeeded"),
                count(fields, "failed"),
                count(fields, "cancelled"),
                Duration.of(count(fields, "time"), ChronoUnit.MICROS),
                birth.get(),
                reply.get(1).toLong(),
                count(fields, "tokens_in"),
                count(fields, "tokens_out"),
                count(fields, "cost"),
                count(fields, "tool_calls"),
                percentile(histogram, 0.5),
                percentile(histogram, 0.95),
                work == Work.TASKS ? tasks(fields) : Map.of(),
                Replies.micros(reply.get(2).toString()));
    }

    private static Map<TaskStatus, Long> tasks(Map<String, String> fields) {
        Map<TaskStatus, Long> tasks = new EnumMap<>(TaskStatus.class);
        for (TaskStatus status : TaskStatus.values()) {
            tasks.put(status, count(fields, "s:" + status.wireName()));
        }
        return tasks;
    }

    /** The upper bound of the bucket that the rank falls into. */
    static Optional<Duration> percentile(SortedMap<Integer, Long> histogram, double share) {
        long total = histogram.values().stream().mapToLong(Long::longValue).sum();
        long rank = (long) Math.ceil(total * share);
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : histogram.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return Optional.of(Duration.of((long) Math.pow(2, (bucket.getKey() + 1) / 4.0), ChronoUnit.MICROS));
            }
        }
        return Optional.empty();
    }

    private static long count(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }
}
