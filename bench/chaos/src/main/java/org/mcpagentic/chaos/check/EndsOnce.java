package org.mcpagentic.chaos.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.Observation.Accepted;
import org.mcpagentic.chaos.history.Observation.EventSeen;
import org.mcpagentic.chaos.history.Observation.Seen;
import org.mcpagentic.chaos.history.StoredTask;
import org.mcpagentic.chaos.history.StoredTask.StoredEvent;

/** {@link Invariant#ENDS_ONCE}. */
final class EndsOnce implements Check {

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.ENDS_ONCE);
        promised(evidence, findings);
        evidence.tasks().values().forEach(task -> ended(task, findings));
        oneOfEach(evidence, findings);
        neverTakenBack(evidence, findings);
        return findings.violations();
    }

    private static void promised(Evidence evidence, Findings findings) {
        List<String> missing = evidence.seen(Accepted.class).stream()
                .map(Accepted::task)
                .distinct()
                .filter(task -> !evidence.tasks().containsKey(task))
                .toList();
        if (missing.size() > evidence.purged()) {
            missing.forEach(task -> findings.add(
                    task,
                    "was accepted and is not there; %d tasks were purged, %d are missing",
                    evidence.purged(),
                    missing.size()));
        }
    }

    private static void ended(StoredTask task, Findings findings) {
        if (!task.isFinal()) {
            findings.add(task.id(), "has not ended, it is %s in attempt %d", task.status(), task.attempt());
            return;
        }
        List<StoredEvent> ends =
                task.events().stream().filter(StoredEvent::isFinal).toList();
        if (ends.size() != 1) {
            findings.add(task.id(), "has %d final events, not one", ends.size());
        } else if (ends.getFirst().number() != task.events().size()) {
            findings.add(
                    task.id(),
                    "its final event is number %d of %d, not the last",
                    ends.getFirst().number(),
                    task.events().size());
        }
        if (ends.stream().anyMatch(end -> !end.status().equals(task.status()))) {
            findings.add(
                    task.id(),
                    "is %s, but its event says %s",
                    task.status(),
                    ends.getLast().status());
        }
    }

    private static void oneOfEach(Evidence evidence, Findings findings) {
        Map<String, TreeSet<String>> byKey = evidence.seen(Accepted.class).stream()
                .collect(groupingBy(Accepted::idempotencyKey, mapping(Accepted::task, toCollection(TreeSet::new))));
        byKey.forEach((key, tasks) -> {
            if (tasks.size() > 1) {
                findings.add(key, "one idempotency key was answered with %d tasks: %s", tasks.size(), tasks);
            }
        });
        Map<String, Long> byOrigin = new HashMap<>();
        evidence.tasks()
                .values()
                .forEach(task -> byOrigin.merge(
                        task.retryOf().map(original -> "retry of " + original).orElse(task.label()), 1L, Long::sum));
        byOrigin.forEach((origin, tasks) -> {
            if (tasks > 1) {
                findings.add(origin, "was asked for under one key and is there %d times", tasks);
            }
        });
    }

    private static void neverTakenBack(Evidence evidence, Findings findings) {
        Map<String, Seen> ends = new HashMap<>();
        for (Seen seen : evidence.seen(Seen.class)) {
            Seen end = ends.get(seen.task());
            boolean over = StoredTask.FINAL.contains(seen.status());
            if (end != null && !end.status().equals(seen.status())) {
                findings.add(
                        seen.task(),
                        "was seen %s at %s and %s at %s",
                        end.status(),
                        end.at(),
                        seen.status(),
                        seen.at());
            } else if (end != null && !end.result().equals(seen.result())) {
                findings.add(seen.task(), "was seen with the results %s and %s", end.result(), seen.result());
            }
            if (over) {
                ends.putIfAbsent(seen.task(), seen);
            }
        }
        ends.forEach((id, end) -> Optional.ofNullable(evidence.tasks().get(id)).ifPresent(task -> {
            if (!task.status().equals(end.status()) || !task.result().equals(end.result())) {
                findings.add(
                        id,
                        "was seen %s with %s, and in the end it is %s with %s",
                        end.status(),
                        end.result(),
                        task.status(),
                        task.result());
            }
        }));
        for (EventSeen event : evidence.seen(EventSeen.class)) {
            String status = event.type().substring(event.type().indexOf('.') + 1);
            StoredTask task = evidence.tasks().get(event.task());
            if (event.type().startsWith("task.")
                    && StoredTask.FINAL.contains(status)
                    && task != null
                    && !task.status().equals(status)) {
                findings.add(event.task(), "its stream ended with %s, and it is %s", status, task.status());
            }
        }
    }
}
