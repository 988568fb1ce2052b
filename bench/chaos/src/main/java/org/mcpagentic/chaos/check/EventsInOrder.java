package org.mcpagentic.chaos.check;

import static java.util.stream.Collectors.groupingBy;

import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.Observation;
import org.mcpagentic.chaos.history.Observation.EventSeen;
import org.mcpagentic.chaos.history.StoredTask;
import org.mcpagentic.chaos.history.StoredTask.StoredEvent;

/** {@link Invariant#EVENTS_IN_ORDER}. */
final class EventsInOrder implements Check {

    /** Statuses in which a step's outcome may be written: also by a worker that has not heard of the cancel yet. */
    private static final Set<String> WRITING = Set.of("running", "cancelling", "waiting");

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.EVENTS_IN_ORDER);
        evidence.tasks().values().forEach(task -> {
            legal(task, evidence.moves(), findings);
            stepsComplete(task, findings);
        });
        evidence.seen(EventSeen.class).stream()
                .collect(groupingBy(EventSeen::task))
                .forEach((task, events) -> asStored(evidence, task, events, findings));
        return findings.violations();
    }

    private static void legal(StoredTask task, Map<String, Set<String>> moves, Findings findings) {
        String status = "";
        Set<Integer> begun = new HashSet<>();
        Set<Integer> finished = new HashSet<>();
        int attempt = 0;
        for (StoredEvent event : task.events()) {
            switch (event.type()) {
                case "step.started" -> {
                    if (!status.equals("running") || finished.contains(event.detail())) {
                        findings.add(
                                task.id(),
                                "event %d: step %d started while the task was %s%s",
                                event.number(),
                                event.detail(),
                                status,
                                finished.contains(event.detail()) ? " and the step was finished" : "");
                    }
                    begun.add(event.detail());
                }
                case "step.finished" -> {
                    if (!WRITING.contains(status) || !begun.contains(event.detail())) {
                        findings.add(
                                task.id(),
                                "event %d: step %d finished while the task was %s%s",
                                event.number(),
                                event.detail(),
                                status,
                                begun.contains(event.detail()) ? "" : " and the step had not started");
                    }
                    finished.add(event.detail());
                }
                default -> {
                    if (!follows(status, event.status(), moves)) {
                        findings.add(task.id(), "event %d: %s came after %s", event.number(), event.status(), status);
                    }
                    if (event.status().equals("running") && event.detail() != attempt + 1) {
                        findings.add(
                                task.id(),
                                "event %d: attempt %d came after attempt %d",
                                event.number(),
                                event.detail(),
                                attempt);
                    }
                    attempt = event.status().equals("running") ? event.detail() : attempt;
                    status = event.status();
                }
            }
        }
    }

    private static boolean follows(String before, String status, Map<String, Set<String>> moves) {
        return before.isEmpty()
                ? status.equals("created")
                : moves.getOrDefault(before, Set.of()).contains(status);
    }

    private static void stepsComplete(StoredTask task, Findings findings) {
        Set<Integer> told = new HashSet<>();
        task.events().stream()
                .filter(event -> event.type().equals("step.finished"))
                .forEach(event -> told.add(event.detail()));
        Set<Integer> kept = new HashSet<>(task.outcomes().keySet());
        // why: a retry from a step begins with steps of the task that it repeats
        boolean taken = task.retryOf().isPresent();
        if (!kept.containsAll(told) || (!taken && !told.containsAll(kept))) {
            findings.add(task.id(), "its journal holds outcomes of %s, its events tell of %s", kept, told);
        }
    }

    private static void asStored(Evidence evidence, String id, List<EventSeen> events, Findings findings) {
        StoredTask task = evidence.tasks().get(id);
        if (task == null) {
            return;
        }
        int last = 0;
        for (EventSeen event : events) {
            if (event.number() != last + 1) {
                findings.add(id, "its stream went from event %d to %d", last, event.number());
            }
            last = event.number();
            StoredEvent stored = event.number() <= task.events().size()
                    ? task.events().get(event.number() - 1)
                    : new StoredEvent(event.number(), "nothing", event.happened(), 0);
            if (!stored.type().equals(event.type())
                    || !stored.at().truncatedTo(ChronoUnit.MILLIS).equals(event.happened())
                    || (event.detail() != Observation.NOT_TOLD && stored.detail() != event.detail())) {
                findings.add(
                        id,
                        "its stream's event %d is %s %d of %s, stored is %s %d of %s",
                        event.number(),
                        event.type(),
                        event.detail(),
                        event.happened(),
                        stored.type(),
                        stored.detail(),
                        stored.at());
            }
        }
    }
}
