package org.mcpagentic.containers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.mcpagentic.testsupport.Until;

/**
 * Clients that submit tasks and ask questions without a pause until they are stopped. Each creates under an idempotency key, and repeats what
 * had no answer or a 502, 503 or 504, as the REST contract tells clients to.
 */
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_TRIES = 20;

    private final Client client;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<String> givenUp = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final Map<String, String> ends = new ConcurrentHashMap<>();

    Load(Client client) {
        this.client = client;
    }

    /** Starts clients of tasks and clients of questions, so many of each. */
    void start(int count) {
        for (int i = 0; i < count; i++) {
            boolean waiting = i % 2 == 0;
            threads.add(Thread.ofVirtual().start(() -> untilStopped(() -> submit(waiting))));
            threads.add(Thread.ofVirtual().start(() -> untilStopped(this::ask)));
        }
    }

    /** What was answered and how often, such as {@code 201 POST /custom/task}; without an answer, the failure's name. */
    Map<String, Long> outcomes() {
        Map<String, Long> counts = new ConcurrentSkipListMap<>();
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return counts;
    }

    /** How many outcomes begin so. */
    long count(String beginning) {
        return outcomes().entrySet().stream()
                .filter(outcome -> outcome.getKey().startsWith(beginning))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The tasks that were created. */
    List<String> tasks() {
        return List.copyOf(tasks);
    }

    /** What no repetition helped. */
    List<String> givenUp() {
        return List.copyOf(givenUp);
    }

    /** Stops asking for more, and returns when every task has ended: how many in which state. */
    Map<String, Long> stopAndAwaitEnds() {
        close();
        Until.holds("every task has ended", PATIENCE, () -> {
            tasks.stream().filter(task -> !ends.containsKey(task)).forEach(this::look);
            return ends.size() == tasks.size();
        });
        Map<String, Long> counts = new ConcurrentSkipListMap<>();
        ends.values().forEach(state -> counts.merge(state, 1L, Long::sum));
        return counts;
    }

    @Override
    public void close() {
        stopped.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void untilStopped(Runnable work) {
        while (!stopped.get()) {
            work.run();
            pause();
        }
    }

    private void submit(boolean waiting) {
        String key = UUID.randomUUID().toString();
        String body = Client.json(Map.of("input", "Count to three.", "tools", List.of("calculator")));
        JsonNode created =
                repeated("POST /custom/task", () -> client.post("/custom/task", body, "Idempotency-Key", key));
        if (created.isMissingNode()) {
            return;
        }
        String task = created.path("task_id").asText();
        tasks.add(task);
        String run = "/custom/task/" + task + "/run";
        repeated(
                "POST /custom/task/{id}/run",
                () -> waiting ? client.post(run, "") : client.post(run, "", "Prefer", "respond-async"));
    }

    private void ask() {
        String key = UUID.randomUUID().toString();
        String body = Client.json(Map.of("query", "Count to three."));
        repeated("POST /public/ask", () -> client.post("/public/ask", body, "Idempotency-Key", key));
    }

    private void look(String task) {
        String state = repeated("GET /custom/task/{id}", () -> client.get("/custom/task/" + task))
                .path("status")
                .asText();
        if (List.of("succeeded", "failed", "cancelled").contains(state)) {
            ends.put(task, state);
        }
    }

    private interface Call {
        Client.Answer send() throws IOException;
    }

    private JsonNode repeated(String name, Call call) {
        String last = "";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                Client.Answer answer = call.send();
                last = answer.status() + " " + name;
                count(last, tries);
                if (answer.status() < 500 && answer.status() != 409) {
                    return answer.json();
                }
            } catch (IOException e) {
                last = e.getClass().getSimpleName() + " " + name;
                count(last, tries);
            }
            pause();
        }
        givenUp.add(last);
        return Client.JSON.missingNode();
    }

    private void count(String outcome, int tries) {
        outcomes.computeIfAbsent(outcome + (tries == 0 ? "" : " again"), name -> new LongAdder())
                .increment();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
