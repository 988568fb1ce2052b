package org.mcpagentic.chaos.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.StoredTask;

/** {@link Invariant#OUTBOX_COMPLETE}, where nothing was trimmed. */
final class OutboxComplete implements Check {

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.OUTBOX_COMPLETE);
        if (evidence.outboxLost() > 0) {
            return List.of();
        }
        Map<String, Long> entries = evidence.outbox().stream().collect(groupingBy(entry -> entry, counting()));
        for (StoredTask task : evidence.tasks().values()) {
            expect(task, "created", 1, entries, findings);
            for (String status : StoredTask.FINAL) {
                expect(task, status, task.status().equals(status) ? 1 : 0, entries, findings);
            }
        }
        return findings.violations();
    }

    private static void expect(
            StoredTask task, String status, long expected, Map<String, Long> entries, Findings findings) {
        long found = entries.getOrDefault("task." + status + " " + task.id(), 0L);
        if (found != expected) {
            findings.add(task.id(), "the outbox tells %d times that it was %s, not %d", found, status, expected);
        }
    }
}
