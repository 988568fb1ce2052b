package org.mcpagentic.chaos.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.StoredTask;

/** {@link Invariant#COUNTERS_AGREE}. */
final class CountersAgree implements Check {

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.COUNTERS_AGREE);
        Map<String, Long> kept = evidence.tasks().values().stream().collect(groupingBy(StoredTask::status, counting()));
        TreeSet<String> statuses = new TreeSet<>(kept.keySet());
        evidence.counts().keySet().stream()
                .filter(name -> name.startsWith("s:"))
                .forEach(name -> statuses.add(name.substring(2)));
        for (String status : statuses) {
            same(findings, "tasks that are " + status, kept.getOrDefault(status, 0L), evidence.count("s:" + status));
            same(
                    findings,
                    "tasks that /stats shows as " + status,
                    kept.getOrDefault(status, 0L),
                    evidence.statistics().getOrDefault("tasks." + status, 0L));
        }
        long ended = StoredTask.FINAL.stream()
                .mapToLong(status -> kept.getOrDefault(status, 0L))
                .sum();
        long counted = evidence.count("succeeded") + evidence.count("failed") + evidence.count("cancelled");
        same(findings, "processed, as the sum of its parts", counted, evidence.count("processed"));
        same(findings, "tasks that ended, kept or purged", ended + evidence.purged(), counted + unrun(evidence));
        same(
                findings,
                "tasks that there ever were",
                evidence.tasks().size() + evidence.purged(),
                evidence.count("numbered"));
        shown(evidence, findings, "queries_processed", "processed");
        shown(evidence, findings, "successful_queries", "succeeded");
        shown(evidence, findings, "failed_queries", "failed");
        shown(evidence, findings, "cancelled_queries", "cancelled");
        return findings.violations();
    }

    /** Tasks that ended without ever being queued; those that are kept tell where no counter does. */
    private static long unrun(Evidence evidence) {
        return evidence.counts().containsKey("unrun")
                ? evidence.count("unrun")
                : evidence.tasks().values().stream()
                        .filter(task -> task.isFinal() && task.queued().isEmpty())
                        .count();
    }

    private static void shown(Evidence evidence, Findings findings, String shown, String counter) {
        same(
                findings,
                shown + " of /stats",
                evidence.count(counter),
                evidence.statistics().getOrDefault(shown, 0L));
    }

    private static void same(Findings findings, String what, long expected, long found) {
        if (expected != found) {
            findings.add("counters", "%s: %d expected, %d found", what, expected, found);
        }
    }
}
