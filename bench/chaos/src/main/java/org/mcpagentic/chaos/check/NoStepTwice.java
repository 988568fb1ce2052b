package org.mcpagentic.chaos.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mcpagentic.chaos.history.Disturbance;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.Execution;
import org.mcpagentic.chaos.history.ModelCall;
import org.mcpagentic.chaos.history.Observation.Resolving;
import org.mcpagentic.chaos.history.StoredTask;

/**
 * {@link Invariant#NO_STEP_TWICE}. A worker that was paused, or heard of nothing, between writing that it is about to act and
 * acting may act late; nobody can keep it from that, and what it learns is not written. Such acts are told apart by their
 * replica's disturbance.
 */
final class NoStepTwice implements Check {

    private static final Duration LATE = Duration.ofSeconds(2);

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.NO_STEP_TWICE);
        turns(evidence, findings);
        executions(evidence, findings);
        return findings.violations();
    }

    private static void turns(Evidence evidence, Findings findings) {
        Map<String, List<ModelCall>> byLabel = evidence.calls().stream().collect(groupingBy(ModelCall::label));
        Map<String, List<StoredTask>> tasks = evidence.tasks().values().stream().collect(groupingBy(StoredTask::label));
        byLabel.forEach((label, calls) -> {
            List<StoredTask> ofLabel = tasks.getOrDefault(label, List.of()).stream()
                    .sorted(Comparator.comparing(StoredTask::created))
                    .toList();
            for (int i = 0; i < ofLabel.size(); i++) {
                // why by time: a retry begins when what it repeats is over, and carries the same label
                Instant from = ofLabel.get(i).created();
                Instant to = i + 1 < ofLabel.size() ? ofLabel.get(i + 1).created() : Instant.MAX;
                List<ModelCall> ofTask = calls.stream()
                        .filter(call -> !call.at().isBefore(from) && call.at().isBefore(to))
                        .toList();
                forward(ofLabel.get(i).id(), ofTask, evidence, findings);
            }
        });
    }

    private static void forward(String task, List<ModelCall> calls, Evidence evidence, Findings findings) {
        int furthest = 0;
        for (ModelCall call : calls) {
            if (isLate(evidence, task, call.replica(), call.at())) {
                continue;
            }
            if (call.turn() < furthest) {
                findings.add(
                        task,
                        "replica %d asked for turn %d at %s, when turn %d had been asked for with its answer",
                        call.replica(),
                        call.turn(),
                        call.at(),
                        furthest);
            }
            furthest = Math.max(furthest, call.turn());
        }
    }

    private static void executions(Evidence evidence, Findings findings) {
        Map<String, List<Execution>> byKey = evidence.executions().stream().collect(groupingBy(Execution::key));
        byKey.forEach((key, executions) -> {
            Execution first = executions.getFirst();
            if (first.tool().equals(Execution.APPEND)) {
                long allowed = 1
                        + evidence.seen(Resolving.class).stream()
                                .filter(resolving -> resolving.action().equals("repeat")
                                        && key.equals(resolving.task() + "." + resolving.step()))
                                .count();
                if (executions.size() > allowed) {
                    findings.add(
                            first.task(),
                            "step %d, which is not idempotent, was executed %d times where %d were allowed: %s",
                            first.step(),
                            executions.size(),
                            allowed,
                            executions);
                }
            }
            afterItsOutcome(evidence, executions, findings);
        });
        oneKeyForOneStep(evidence, findings);
    }

    private static void afterItsOutcome(Evidence evidence, List<Execution> executions, Findings findings) {
        for (Execution execution : executions) {
            StoredTask task = evidence.tasks().get(execution.task());
            Instant outcome = task == null ? null : task.outcomes().get(execution.step());
            if (outcome != null
                    && execution.at().isAfter(outcome)
                    && !isLate(evidence, execution.task(), execution.replica(), execution.at())) {
                findings.add(
                        execution.task(),
                        "replica %d executed step %d at %s, whose outcome was journaled at %s",
                        execution.replica(),
                        execution.step(),
                        execution.at(),
                        outcome);
            }
        }
    }

    private static void oneKeyForOneStep(Evidence evidence, Findings findings) {
        Map<String, List<Execution>> byEntry = evidence.executions().stream()
                .collect(groupingBy(execution -> execution.task() + " " + execution.entry(), TreeMap::new, toList()));
        byEntry.forEach((entry, executions) -> {
            List<String> keys =
                    executions.stream().map(Execution::key).distinct().toList();
            if (keys.size() > 1) {
                findings.add(
                        executions.getFirst().task(),
                        "the call %s was made under %d keys: %s",
                        executions.getFirst().entry(),
                        keys.size(),
                        keys);
            }
        });
    }

    private static boolean isLate(Evidence evidence, String task, int replica, Instant at) {
        return hasLost(evidence, task, replica, at)
                || evidence.disturbances().stream()
                        .filter(Disturbance::makesLate)
                        .anyMatch(disturbance -> disturbance.isOf(replica) && disturbance.explains(at, LATE));
    }

    /** Whether an attempt of the task was taken from the replica before; its worker learns of it when it writes. */
    private static boolean hasLost(Evidence evidence, String id, int replica, Instant at) {
        StoredTask task = evidence.tasks().get(id);
        return task != null
                && task.events().stream()
                        .filter(event -> event.type().equals("task.queued"))
                        .filter(event -> event.at().isBefore(at))
                        .anyMatch(event -> Integer.valueOf(replica)
                                .equals(evidence.holders().get(id + " " + event.detail())));
    }
}
