package org.mcpagentic.chaos.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.Observation.EventSeen;
import org.mcpagentic.chaos.history.Observation.Seen;
import org.mcpagentic.chaos.history.StoredTask;
import org.mcpagentic.chaos.history.StoredTask.StoredEvent;

/** {@link Invariant#STALE_CHANGES_NOTHING}. */
final class StaleChangesNothing implements Check {

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.STALE_CHANGES_NOTHING);
        evidence.tasks().values().forEach(task -> {
            nothingAfterTheEnd(task, findings);
            finishedOnce(task, findings);
            endsAsItsJournal(task, findings);
        });
        for (Seen seen : evidence.seen(Seen.class)) {
            seen.steps().forEach((step, shown) -> unchanged(evidence, seen.task(), step, shown, findings));
        }
        for (EventSeen event : evidence.seen(EventSeen.class)) {
            event.step().ifPresent(shown -> unchanged(evidence, event.task(), event.detail(), shown, findings));
        }
        return findings.violations();
    }

    private static void nothingAfterTheEnd(StoredTask task, Findings findings) {
        Optional<StoredEvent> end =
                task.events().stream().filter(StoredEvent::isFinal).findFirst();
        end.ifPresent(last -> task.events().stream()
                .filter(event -> event.number() > last.number())
                .forEach(event -> findings.add(
                        task.id(),
                        "event %d %s came after its end, which is %d %s",
                        event.number(),
                        event.type(),
                        last.number(),
                        last.type())));
    }

    private static void finishedOnce(StoredTask task, Findings findings) {
        Map<Integer, StoredEvent> finished = new HashMap<>();
        for (StoredEvent event : task.events()) {
            if (event.type().equals("step.finished")) {
                StoredEvent before = finished.putIfAbsent(event.detail(), event);
                if (before != null) {
                    findings.add(
                            task.id(),
                            "step %d got an outcome at %s and again at %s",
                            event.detail(),
                            before.at(),
                            event.at());
                }
            }
        }
    }

    private static void endsAsItsJournal(StoredTask task, Findings findings) {
        if (task.status().equals("succeeded") && !task.result().equals(task.lastText())) {
            findings.add(
                    task.id(),
                    "its result is %s, but the last thing in its journal is %s",
                    task.result(),
                    task.lastText());
        }
    }

    private static void unchanged(Evidence evidence, String id, int step, String shown, Findings findings) {
        StoredTask task = evidence.tasks().get(id);
        String stored = task == null ? shown : task.steps().getOrDefault(step, "nothing");
        if (!shown.equals(stored)) {
            findings.add(id, "step %d was seen as %s, and in the end it is %s", step, shown, stored);
        }
    }
}
