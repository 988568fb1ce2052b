package org.mcpagentic.chaos.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.chaos.history.Disturbance;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.Execution;
import org.mcpagentic.chaos.history.LostWorker;
import org.mcpagentic.chaos.history.ModelCall;
import org.mcpagentic.chaos.history.Observation;
import org.mcpagentic.chaos.history.StoredKey;
import org.mcpagentic.chaos.history.StoredTask;
import org.mcpagentic.chaos.history.StoredTask.StoredEvent;

/** A history that is right, of one task of two steps on two replicas, to be made wrong in one place. */
final class HandMade {

    static final String ID = "t0-one";
    static final String LABEL = "L0";
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    final List<Observation> observations = new ArrayList<>();
    final List<StoredEvent> events = new ArrayList<>();
    final Map<Integer, String> steps = new HashMap<>(Map.of(1, "turn one", 2, "turn two"));
    final Map<Integer, Instant> outcomes = new HashMap<>(Map.of(1, at(3), 2, at(5)));
    final Map<String, StoredTask> others = new HashMap<>();
    final Map<String, Long> counts =
            new HashMap<>(Map.of("numbered", 1L, "processed", 1L, "succeeded", 1L, "s:succeeded", 1L));
    final Map<String, Long> statistics =
            new HashMap<>(Map.of("queries_processed", 1L, "successful_queries", 1L, "tasks.succeeded", 1L));
    final List<String> outbox = new ArrayList<>(List.of("task.created " + ID, "task.succeeded " + ID));
    final List<StoredKey> keys = new ArrayList<>();
    final List<ModelCall> calls = new ArrayList<>();
    final List<Execution> executions = new ArrayList<>();
    final List<Disturbance> disturbances = new ArrayList<>();
    final List<LostWorker> lost = new ArrayList<>();
    final Map<String, Integer> holders = new HashMap<>(Map.of(ID + " 1", 0));
    String status = "succeeded";
    Optional<String> result = Optional.of("done");
    Optional<String> lastText = Optional.of("done");
    long outboxLost;

    HandMade() {
        event("task.created", 0, 0);
        event("task.queued", 0, 1);
        event("task.running", 1, 2);
        event("step.started", 1, 2);
        event("step.finished", 1, 3);
        event("step.started", 2, 3);
        event("step.finished", 2, 5);
        event("task.succeeded", 1, 5);
        observations.add(new Observation.Accepted(at(0), LABEL, ID, "key", Optional.empty(), false));
        observations.add(seen("succeeded", "done", Map.of(1, "turn one", 2, "turn two")));
        keys.add(new StoredKey("task:" + ID, -1, List.of("state")));
        keys.add(new StoredKey("journal:" + ID, -1, List.of("i1", "o1")));
        keys.add(new StoredKey("events:" + ID, -1, List.of()));
        keys.add(new StoredKey("index:default", -1, List.of(ID)));
        keys.add(new StoredKey("idem:default:POST /task key", 86_000, List.of()));
        keys.add(new StoredKey("workers", -1, List.of("w0", "w1")));
        call(0, 0, 2);
        call(1, 0, 4);
        executions.add(new Execution(ID + ".2", Execution.APPEND, LABEL + ".1", 0, at(3)));
    }

    static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    static Observation.Seen seen(String status, String result, Map<Integer, String> steps) {
        return new Observation.Seen(at(6), LABEL, ID, status, 1, Optional.of(result), steps);
    }

    static Observation.EventSeen eventSeen(int number, String type, int detail, long second) {
        return new Observation.EventSeen(at(6), LABEL, ID, number, type, at(second), detail, Optional.empty());
    }

    void event(String type, int detail, long second) {
        events.add(new StoredEvent(events.size() + 1, type, at(second), detail));
    }

    void call(int turn, int replica, long second) {
        calls.add(new ModelCall(LABEL, turn, replica, at(second), 200, false));
    }

    void disturb(Disturbance.Kind kind, int replica, long from, long to) {
        disturbances.add(new Disturbance(kind, replica, at(from), at(to)));
    }

    /** The task's events from nothing. */
    void eventsAnew() {
        events.clear();
    }

    StoredTask task() {
        return task(ID, Optional.empty());
    }

    StoredTask task(String id, Optional<String> retryOf) {
        return new StoredTask(
                id, LABEL, status, 1, at(0), Optional.of(at(1)), retryOf, result, lastText, steps, outcomes, events);
    }

    List<Violation> violations() {
        Map<String, StoredTask> tasks = new HashMap<>(others);
        tasks.put(ID, task());
        return violations(tasks);
    }

    List<Violation> violations(Map<String, StoredTask> tasks) {
        return Checker.violations(new Evidence(
                observations,
                tasks,
                counts,
                statistics,
                outbox,
                outboxLost,
                keys,
                List.of("w0", "w1"),
                calls,
                executions,
                disturbances,
                lost,
                holders,
                Map.of(
                        "created", Set.of("queued", "cancelled"),
                        "queued", Set.of("running", "cancelled"),
                        "running", Set.of("succeeded", "failed", "queued", "retrying", "waiting", "cancelling"))));
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
