package org.mcpagentic.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.mcpagentic.chaos.cluster.Cluster;
import org.mcpagentic.chaos.cluster.RedisClient;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.History;
import org.mcpagentic.chaos.history.StoredKey;
import org.mcpagentic.chaos.history.StoredTask;
import org.mcpagentic.chaos.history.StoredTask.StoredEvent;
import org.mcpagentic.chaos.load.Api;
import org.mcpagentic.chaos.load.Client;
import org.mcpagentic.chaos.plan.TaskScript;

/** Reads what a run left behind: from Redis itself, and what the replicas show of it. */
final class EvidenceReader {

    private static final int MICROS = 1_000_000;
    private static final int TRIES = 20;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Cluster cluster;
    private final Api api;
    private final RedisClient redis;

    private EvidenceReader(Cluster cluster, Api api, RedisClient redis) {
        this.cluster = cluster;
        this.api = api;
        this.redis = redis;
    }

    static Evidence read(Cluster cluster, Api api, History history, Map<String, Set<String>> moves)
            throws IOException, InterruptedException {
        try (RedisClient redis = cluster.redis()) {
            EvidenceReader reader = new EvidenceReader(cluster, api, redis);
            List<StoredKey> keys = keys(redis);
            List<String> outbox = reader.outbox();
            return new Evidence(
                    history.observations(),
                    reader.tasks(keys),
                    reader.counts(keys),
                    reader.statistics(),
                    outbox,
                    outbox.isEmpty() ? 0 : reader.outboxAdded() - outbox.size(),
                    keys,
                    cluster.workers(),
                    cluster.model().calls(),
                    cluster.ledger().executions(),
                    cluster.disturbances(),
                    cluster.lost(),
                    cluster.holders(),
                    moves);
        }
    }

    /** All keys of the shard, with what is in them as far as the check looks at it. */
    static List<StoredKey> keys(RedisClient redis) throws IOException {
        List<StoredKey> keys = new ArrayList<>();
        for (String name : redis.keys()) {
            if (name.startsWith(Cluster.BASE)) {
                keys.add(new StoredKey(
                        name.substring(Cluster.BASE.length()), redis.number("TTL", name), members(redis, name)));
            }
        }
        return keys;
    }

    private static List<String> members(RedisClient redis, String name) throws IOException {
        return switch (redis.text("TYPE", name)) {
            case "set" -> redis.texts("SMEMBERS", name);
            case "zset" -> redis.texts("ZRANGE", name, "0", "-1");
            case "hash" -> redis.texts("HKEYS", name);
            case "list" -> redis.texts("LRANGE", name, "0", "-1");
            default -> List.of();
        };
    }

    private Map<String, StoredTask> tasks(List<StoredKey> keys) throws IOException, InterruptedException {
        Map<String, StoredTask> tasks = new HashMap<>();
        for (StoredKey key : keys) {
            if (key.name().startsWith("task:")) {
                String id = key.name().substring("task:".length());
                tasks.put(id, task(id));
            }
        }
        return tasks;
    }

    private StoredTask task(String id) throws IOException, InterruptedException {
        Map<String, String> fields = redis.map("HGETALL", Cluster.BASE + "task:" + id);
        JsonNode shown = shown("/task/" + id);
        return new StoredTask(
                id,
                TaskScript.parse(shown.path("input").asText())
                        .map(TaskScript::label)
                        .orElse("?"),
                fields.getOrDefault("state", "?"),
                Integer.parseInt(fields.getOrDefault("attempt", "0")),
                instant(fields.getOrDefault("created", "0")),
                Optional.ofNullable(fields.get("queued")).map(EvidenceReader::instant),
                text(shown, "retry_of"),
                text(shown, "result"),
                StreamSupport.stream(shown.path("steps").spliterator(), false)
                        .reduce((first, second) -> second)
                        .flatMap(last -> text(last, "text")),
                Client.finishedSteps(shown),
                outcomes(id),
                events(id));
    }

    private Map<Integer, Instant> outcomes(String id) throws IOException {
        Map<Integer, Instant> outcomes = new HashMap<>();
        redis.map("HGETALL", Cluster.BASE + "journal:" + id).forEach((name, value) -> {
            if (name.matches("o[0-9]+")) {
                outcomes.put(Integer.parseInt(name.substring(1)), instant(value.substring(0, value.indexOf(' '))));
            }
        });
        return outcomes;
    }

    private List<StoredEvent> events(String id) throws IOException {
        List<StoredEvent> events = new ArrayList<>();
        for (String text : redis.texts("LRANGE", Cluster.BASE + "events:" + id, "0", "-1")) {
            String[] words = text.split(" ", 3);
            events.add(new StoredEvent(events.size() + 1, words[0], instant(words[1]), Integer.parseInt(words[2])));
        }
        return events;
    }

    private Map<String, Long> counts(List<StoredKey> keys) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        for (StoredKey key : keys) {
            if (key.name().startsWith("counts:")) {
                redis.map("HGETALL", Cluster.BASE + key.name())
                        .forEach((name, value) -> counts.merge(name, Long.parseLong(value), Long::sum));
            }
        }
        return counts;
    }

    private Map<String, Long> statistics() throws IOException, InterruptedException {
        Map<String, Long> statistics = new HashMap<>();
        JsonNode shown = shown("/stats");
        shown.properties().forEach(field -> {
            if (field.getValue().isIntegralNumber()) {
                statistics.put(field.getKey(), field.getValue().asLong());
            }
        });
        shown.path("tasks")
                .properties()
                .forEach(field -> statistics.put(
                        "tasks." + field.getKey(), field.getValue().asLong()));
        return statistics;
    }

    private List<String> outbox() throws IOException {
        List<String> entries = new ArrayList<>();
        for (Object entry : redis.list("XRANGE", Cluster.BASE + "outbox", "-", "+")) {
            Map<String, String> fields = RedisClient.map((List<?>) ((List<?>) entry).getLast());
            entries.add(fields.get("type") + " " + fields.get("id"));
        }
        return entries;
    }

    private long outboxAdded() throws IOException {
        List<?> info = redis.list("XINFO", "STREAM", Cluster.BASE + "outbox");
        return Long.parseLong(RedisClient.map(info).getOrDefault("entries-added", "0"));
    }

    private JsonNode shown(String path) throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<JsonNode> shown = shown(tries % cluster.replicas(), path);
            if (shown.isPresent()) {
                return shown.get();
            }
            Thread.sleep(PAUSE);
        }
        throw new IOException("no replica answers GET " + path + " although all faults are over");
    }

    private Optional<JsonNode> shown(int replica, String path) throws InterruptedException {
        try {
            return Optional.of(api.get(replica, path))
                    .filter(Api.Answer::isGood)
                    .map(Api.Answer::body);
        } catch (IOException notNow) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.path(name).asText()) : Optional.empty();
    }

    private static Instant instant(String micros) {
        long value = Long.parseLong(micros);
        return Instant.ofEpochSecond(value / MICROS, value % MICROS * 1_000);
    }
}
