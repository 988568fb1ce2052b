package org.mcpagentic.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mcpagentic.chaos.check.Checker;
import org.mcpagentic.chaos.check.Violation;
import org.mcpagentic.chaos.check.WorkGoesOn;
import org.mcpagentic.chaos.check.WorkGoesOn.Takeover;
import org.mcpagentic.chaos.cluster.ReplicaPackage;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.StoredTask;
import org.mcpagentic.chaos.history.StoredTask.StoredEvent;
import org.mcpagentic.chaos.plan.Fault;
import org.mcpagentic.chaos.plan.Life;
import org.mcpagentic.chaos.plan.TaskScript;
import org.mcpagentic.chaos.plan.Turn;

/** How soon work goes on after one fault at a time, and that nothing is lost by it. Prints figures. */
final class Recovery {

    private static final Duration LONG_CALL = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration REDIS_AWAY = Duration.ofSeconds(30);
    private static final Duration NO_LONGER_THAN = Duration.ofSeconds(3);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final int TASKS = 100;
    private static final int SILENCES = 5;

    private final Path checkout;
    private boolean ok = true;

    Recovery(Path checkout) {
        this.checkout = checkout;
    }

    /**
     * Measures all scenarios.
     *
     * @param times how often a worker is killed in each place
     * @param longest how long the longest call of a model takes, at most 14 minutes
     * @return whether all promises held
     */
    boolean measure(int times, Duration longest) throws IOException, InterruptedException {
        kills(
                "in the middle of a 60 s model call",
                times,
                number ->
                        new TaskScript("call-" + number, Turn.answer(LONG_CALL).quickAgain()));
        kills(
                "in the middle of a 60 s idempotent tool",
                times,
                number -> new TaskScript("tool-" + number, Turn.put(MOMENT, LONG_CALL), Turn.answer(MOMENT)));
        silence();
        redisAway();
        pause(LONG_CALL);
        longCall(longest);
        return ok;
    }

    private interface Script {
        TaskScript number(int number);
    }

    private void kills(String where, int times, Script script) throws IOException, InterruptedException {
        try (Run run = start("kills", 3)) {
            for (int number = 0; number < times; number++) {
                TaskScript task = script.number(number);
                run.begin(Life.of(task));
                boolean inTool = task.turns().getFirst().kind() == Turn.Kind.PUT;
                Eventually.holds(
                        "the task is under way",
                        () -> inTool
                                ? executed(run, task.label())
                                : !run.cluster().model().calls(task.label()).isEmpty());
                int holder =
                        run.cluster().model().calls(task.label()).getFirst().replica();
                run.cluster().suffer(new Fault.Kill(holder, Duration.ZERO));
            }
            Evidence evidence = run.evidence(PATIENCE);
            List<Duration> pauses = WorkGoesOn.takeovers(evidence).stream()
                    .map(Takeover::after)
                    .sorted()
                    .toList();
            say(
                    // why not just so many: a replica that dies may hold what an earlier death left to it
                    pauses.size() >= times && pauses.getLast().compareTo(WorkGoesOn.BOUND) <= 0,
                    "kill -9 %s, %d times: went on elsewhere after %s (median), %s (max)",
                    where,
                    pauses.size(),
                    pauses.isEmpty() ? "-" : seconds(pauses.get(pauses.size() / 2)),
                    pauses.isEmpty() ? "-" : seconds(pauses.getLast()));
            check(evidence);
        }
    }

    private static boolean executed(Run run, String label) {
        return run.cluster().ledger().executions().stream()
                .anyMatch(execution -> execution.entry().startsWith(label + "."));
    }

    private void pause(Duration lasting) throws IOException, InterruptedException {
        try (Run run = start("pause", 2)) {
            run.begin(Life.of(new TaskScript(
                            "paused", Turn.put(Duration.ofSeconds(5), MOMENT).quickAgain(), Turn.answer(MOMENT)))
                    .followed());
            Eventually.holds(
                    "the model is asked", () -> !run.cluster().model().calls().isEmpty());
            int holder = run.cluster().model().calls().getFirst().replica();
            run.cluster().suffer(new Fault.Pause(holder, lasting));
            // why: what the paused worker has to say, it says now
            Thread.sleep(Duration.ofSeconds(5));
            Evidence evidence = run.evidence(PATIENCE);
            List<Violation> violations = Checker.violations(evidence);
            long refused = run.cluster().said(holder, "task was taken over");
            say(
                    violations.isEmpty()
                            && refused > 0
                            && evidence.tasks().values().stream().allMatch(task -> task.attempt() == 2),
                    "SIGSTOP for %s, then SIGCONT: the task ended in attempt 2, and what the first had to say was refused (%d times)",
                    seconds(lasting),
                    refused);
            check(evidence);
        }
    }

    private void longCall(Duration lasting) throws IOException, InterruptedException {
        try (Run run = start("long-call", 2)) {
            run.begin(Life.of(new TaskScript("long", Turn.answer(lasting))));
            Evidence evidence = run.evidence(lasting.plus(PATIENCE));
            say(
                    evidence.calls().size() == 1
                            && evidence.tasks().values().stream()
                                    .allMatch(task ->
                                            task.attempt() == 1 && task.status().equals("succeeded")),
                    "a model call of %s on a living worker: asked %d times",
                    seconds(lasting),
                    evidence.calls().size());
            check(evidence);
        }
    }

    private void redisAway() throws IOException, InterruptedException {
        try (Run run = start("redis-away", 3)) {
            for (int number = 0; number < TASKS; number++) {
                Turn turn = Turn.answer(Duration.ofSeconds(10).plusMillis(number * 300L));
                run.begin(Life.of(new TaskScript("away-" + number, turn)));
            }
            Eventually.holds(
                    "all are under way", () -> run.cluster().model().calls().size() >= TASKS);
            run.cluster().suffer(new Fault.KillRedis(REDIS_AWAY));
            Instant back = run.cluster().disturbances().getFirst().to();
            Evidence evidence = run.evidence(PATIENCE.multipliedBy(2));
            Duration first = evidence.tasks().values().stream()
                    .flatMap(task -> task.events().stream())
                    .filter(StoredEvent::isFinal)
                    .map(StoredEvent::at)
                    .filter(at -> at.isAfter(evidence.disturbances().getFirst().from()))
                    .min(Instant::compareTo)
                    .map(at -> Duration.between(back, at))
                    .orElse(Duration.ofDays(1));
            long stolen = evidence.tasks().values().stream()
                    .filter(task -> task.attempt() > 1)
                    .count();
            long succeeded = evidence.tasks().values().stream()
                    .map(StoredTask::status)
                    .filter("succeeded"::equals)
                    .count();
            say(
                    stolen == 0 && succeeded == TASKS && first.compareTo(AT_ONCE) <= 0,
                    "Redis away for %s with %d tasks running: %d stolen, %d lost, first completion %s after its return",
                    seconds(REDIS_AWAY),
                    TASKS,
                    stolen,
                    TASKS - succeeded,
                    seconds(first));
            check(evidence);
        }
    }

    /** All connections of the only replica fall silent, while requests come and tasks run one after the other. */
    private void silence() throws IOException, InterruptedException {
        try (Run run = start("silence", 1)) {
            List<Duration> requests = Collections.synchronizedList(new ArrayList<>());
            List<Duration> tasks = Collections.synchronizedList(new ArrayList<>());
            Thread asking = loop(() -> {
                try {
                    run.api().get(0, "/stats");
                } catch (IOException unanswered) {
                    // why nothing: how long that took is what counts
                }
                return requests;
            });
            int[] number = {0};
            Thread working = loop(() -> {
                run.client(Life.of(new TaskScript("s-" + number[0]++, Turn.answer(MOMENT))))
                        .run();
                return tasks;
            });
            Thread.sleep(Duration.ofSeconds(2));
            Duration ordinary = Collections.max(tasks);
            for (int i = 0; i < SILENCES; i++) {
                run.cluster().suffer(new Fault.Silence(0));
                Thread.sleep(Duration.ofSeconds(2));
            }
            for (Thread thread : List.of(asking, working)) {
                thread.interrupt();
                thread.join();
            }
            Duration longest = Collections.max(requests);
            say(
                    longest.compareTo(NO_LONGER_THAN) <= 0
                            && Collections.max(tasks).minus(ordinary).compareTo(NO_LONGER_THAN) <= 0,
                    "connections to Redis black-holed, %d times: longest request %s, longest task %s (ordinarily %s)",
                    SILENCES,
                    seconds(longest),
                    seconds(Collections.max(tasks)),
                    seconds(ordinary));
        }
    }

    private interface Deed {
        /** Does it, and says where the time that it took is noted. */
        List<Duration> done() throws InterruptedException;
    }

    private static Thread loop(Deed deed) {
        return Thread.ofVirtual().start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    long begin = System.nanoTime();
                    deed.done().add(Duration.ofNanos(System.nanoTime() - begin));
                    Thread.sleep(MOMENT);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Run start(String name, int replicas) throws IOException, InterruptedException {
        return Run.start(
                checkout, ReplicaPackage.built(checkout), replicas, checkout.resolve("target/chaos/recovery-" + name));
    }

    private void check(Evidence evidence) {
        List<Violation> violations = Checker.violations(evidence);
        violations.forEach(violation -> System.out.println("VIOLATED " + violation));
        ok &= violations.isEmpty();
    }

    // why: the annotation that it asks for would take a library of its own
    @SuppressWarnings("AnnotateFormatMethod")
    private void say(boolean held, String text, Object... values) {
        System.out.println((held ? "held  " : "BROKEN ") + text.formatted(values));
        ok &= held;
    }

    private static String seconds(Duration duration) {
        return "%.2f s".formatted(duration.toMillis() / 1e3);
    }
}
