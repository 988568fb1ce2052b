package org.mcpagentic.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mcpagentic.chaos.check.Invariant;
import org.mcpagentic.chaos.check.Violation;
import org.mcpagentic.chaos.check.WorkGoesOn;
import org.mcpagentic.chaos.check.WorkGoesOn.Takeover;
import org.mcpagentic.chaos.history.Disturbance;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.Observation;
import org.mcpagentic.chaos.history.StoredTask;

/** What a run came to, in a few lines. */
final class Report {

    private static final int SHOWN = 10;

    private Report() {}

    static void print(Evidence evidence, List<Violation> violations, PrintStream out) {
        Map<String, Long> ends =
                evidence.tasks().values().stream().collect(groupingBy(StoredTask::status, TreeMap::new, counting()));
        Map<Disturbance.Kind, Long> faults =
                evidence.disturbances().stream().collect(groupingBy(Disturbance::kind, TreeMap::new, counting()));
        out.printf(
                "%d of %d invariants hold; %d tasks %s, %d attempts%n",
                Invariant.values().length
                        - violations.stream()
                                .map(Violation::invariant)
                                .distinct()
                                .count(),
                Invariant.values().length,
                evidence.tasks().size(),
                ends,
                evidence.tasks().values().stream().mapToInt(StoredTask::attempt).sum());
        out.printf(
                "%d model calls, %d tool executions, %d observations, %d of them requests without an answer%n",
                evidence.calls().size(),
                evidence.executions().size(),
                evidence.observations().size(),
                evidence.seen(Observation.Unanswered.class).size());
        out.printf(
                "%d retries accepted, %d calls of unknown outcome resolved%n",
                evidence.seen(Observation.Accepted.class).stream()
                        .filter(accepted -> accepted.original().isPresent())
                        .count(),
                evidence.seen(Observation.Resolving.class).size());
        out.printf("faults %s%n", faults);
        takeovers("tasks of killed workers, no other fault in the way, went on after", evidence, true, out);
        takeovers("tasks of killed workers among other faults, went on after", evidence, false, out);
        if (!violations.isEmpty()) {
            out.println("faults as they happened:");
            evidence.disturbances().stream()
                    .sorted(Comparator.comparing(Disturbance::from))
                    .forEach(fault -> out.printf(
                            "  %s to %s %s of %s%n",
                            fault.from(),
                            fault.to(),
                            fault.kind(),
                            fault.replica() == Disturbance.REDIS ? "Redis" : "replica " + fault.replica()));
        }
        violations.stream().limit(SHOWN).forEach(violation -> out.println("VIOLATED " + violation));
        if (violations.size() > SHOWN) {
            out.printf("and %d more%n", violations.size() - SHOWN);
        }
    }

    private static void takeovers(String what, Evidence evidence, boolean alone, PrintStream out) {
        List<Duration> times = WorkGoesOn.takeovers(evidence).stream()
                .filter(takeover -> takeover.alone() == alone)
                .map(Takeover::after)
                .sorted()
                .toList();
        if (!times.isEmpty()) {
            out.printf(
                    "%s: median %.2f s, max %.2f s (%d tasks)%n",
                    what,
                    times.get(times.size() / 2).toMillis() / 1e3,
                    times.getLast().toMillis() / 1e3,
                    times.size());
        }
    }
}
