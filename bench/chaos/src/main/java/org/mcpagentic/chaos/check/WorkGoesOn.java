package org.mcpagentic.chaos.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mcpagentic.chaos.history.Disturbance;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.LostWorker;
import org.mcpagentic.chaos.history.StoredTask;
import org.mcpagentic.chaos.history.StoredTask.StoredEvent;

/** {@link Invariant#WORK_GOES_ON}. */
public final class WorkGoesOn implements Check {

    /** Within which a killed worker's tasks go on elsewhere. */
    public static final Duration BOUND = Duration.ofSeconds(5);

    /** A lease, and what passes until it is noticed. */
    private static final Duration BEFORE_A_THEFT = Duration.ofSeconds(6);

    private static final Duration QUIET_BEFORE = Duration.ofSeconds(10);
    private static final Duration QUIET_AFTER = Duration.ofSeconds(6);

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.WORK_GOES_ON);
        takeovers(evidence).stream()
                .filter(takeover -> takeover.alone() && takeover.after().compareTo(BOUND) > 0)
                .forEach(takeover -> findings.add(
                        takeover.task(),
                        "went on %.1f s after replica %d was killed at %s, with no other fault in the way",
                        takeover.after().toMillis() / 1e3,
                        takeover.replica(),
                        takeover.killed()));
        evidence.tasks().values().forEach(task -> stolen(evidence, task, findings));
        return findings.violations();
    }

    /**
     * A task that a killed worker held.
     *
     * @param after how long after the kill it went on elsewhere, or ended; a day where it did not
     * @param alone whether no other fault was in the way
     */
    public record Takeover(String task, int replica, Instant killed, Duration after, boolean alone) {}

    /** What became of everything that killed workers held. */
    public static List<Takeover> takeovers(Evidence evidence) {
        List<Takeover> takeovers = new ArrayList<>();
        for (LostWorker lost : evidence.lost()) {
            boolean alone = isAlone(evidence, lost);
            lost.held().forEach((id, attempt) -> {
                StoredTask task = evidence.tasks().get(id);
                if (task != null) {
                    takeovers.add(new Takeover(id, lost.replica(), lost.at(), wentOn(task, lost.at(), attempt), alone));
                }
            });
        }
        return takeovers;
    }

    private static Duration wentOn(StoredTask task, Instant killed, int attempt) {
        Optional<StoredEvent> next = task.events().stream()
                .filter(event -> event.isFinal()
                        || event.type().equals("task.waiting")
                        || (event.type().equals("task.running") && event.detail() > attempt))
                .filter(event -> event.at().isAfter(killed))
                .findFirst();
        return next.map(event -> Duration.between(killed, event.at())).orElse(Duration.ofDays(1));
    }

    /** Whether another replica had nothing to suffer that could have kept it from taking over, and Redis neither. */
    private static boolean isAlone(Evidence evidence, LostWorker lost) {
        Instant from = lost.at().minus(QUIET_BEFORE);
        Instant to = lost.at().plus(QUIET_AFTER);
        Set<Integer> disturbed = evidence.disturbances().stream()
                .filter(disturbance -> disturbance.touches(from, to))
                .map(Disturbance::replica)
                .collect(Collectors.toSet());
        return !disturbed.contains(Disturbance.REDIS)
                && IntStream.range(0, evidence.workers().size())
                        .anyMatch(replica -> replica != lost.replica() && !disturbed.contains(replica));
    }

    private static void stolen(Evidence evidence, StoredTask task, Findings findings) {
        Optional<StoredEvent> running = Optional.empty();
        for (StoredEvent event : task.events()) {
            if (event.isStatus()) {
                if (event.status().equals("queued") && running.isPresent()) {
                    explain(evidence, task, running.get(), event, findings);
                }
                running = event.status().equals("running") ? Optional.of(event) : Optional.empty();
            }
        }
    }

    private static void explain(
            Evidence evidence, StoredTask task, StoredEvent running, StoredEvent queued, Findings findings) {
        Optional<Integer> holder = Optional.ofNullable(evidence.holders().get(task.id() + " " + running.detail()));
        boolean explained = evidence.disturbances().stream()
                .filter(disturbance -> disturbance.replica() != Disturbance.REDIS)
                .filter(disturbance -> holder.isEmpty() || disturbance.isOf(holder.get()))
                .anyMatch(disturbance -> disturbance.explains(queued.at(), BEFORE_A_THEFT));
        if (!explained) {
            findings.add(
                    task.id(),
                    "attempt %d was taken away at %s from replica %s, which nothing had happened to",
                    running.detail(),
                    queued.at(),
                    holder.map(String::valueOf).orElse("(unknown)"));
        }
    }
}
