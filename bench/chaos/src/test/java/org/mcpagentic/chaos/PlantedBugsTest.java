package org.mcpagentic.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.chaos.check.Checker;
import org.mcpagentic.chaos.check.Invariant;
import org.mcpagentic.chaos.check.Violation;
import org.mcpagentic.chaos.cluster.ReplicaPackage;
import org.mcpagentic.chaos.cluster.Sabotage;
import org.mcpagentic.chaos.history.Execution;
import org.mcpagentic.chaos.history.ModelCall;
import org.mcpagentic.chaos.plan.Fault;
import org.mcpagentic.chaos.plan.Life;
import org.mcpagentic.chaos.plan.TaskScript;
import org.mcpagentic.chaos.plan.Turn;

/** Each promise is broken once on purpose, and the checker has to notice which. */
class PlantedBugsTest {

    private static final Path CHECKOUT = ShortSeedTest.CHECKOUT;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(8);

    private final Path copies;

    PlantedBugsTest(@TempDir Path copies) {
        this.copies = copies;
    }

    @Test
    void findsThatAPausedWorkerStillWrites() throws Exception {
        try (Run run = sabotaged(Sabotage.TOKEN_CHECK)) {
            List<Violation> violations = pauseInTheMiddleOfATurn(run);

            assertThat(violations).extracting(Violation::invariant).contains(Invariant.STALE_CHANGES_NOTHING);
        }
    }

    @Test
    void findsThatIntentsAreNotWritten() throws Exception {
        try (Run run = sabotaged(Sabotage.INTENT)) {
            List<Violation> violations = killInTheMiddleOfATool(run);

            assertThat(violations).extracting(Violation::invariant).contains(Invariant.NO_STEP_TWICE);
        }
    }

    @Test
    void findsThatDeadWorkersKeepTheirTasks() throws Exception {
        try (Run run = sabotaged(Sabotage.RECLAIM)) {
            List<Violation> violations = killInTheMiddleOfATurn(run);

            assertThat(violations)
                    .extracting(Violation::invariant)
                    .contains(Invariant.ENDS_ONCE, Invariant.NO_RESIDUE, Invariant.WORK_GOES_ON);
        }
    }

    @Test
    void findsThatSubscribersAreNotTold() throws Exception {
        try (Run run = sabotaged(Sabotage.OUTBOX)) {
            run.begin(Life.of(new TaskScript("quiet", Turn.answer(Duration.ofMillis(50)))));
            List<Violation> violations = Checker.violations(run.evidence(PATIENCE));

            assertThat(violations).extracting(Violation::invariant).containsOnly(Invariant.OUTBOX_COMPLETE);
        }
    }

    @Test
    void findsNothingWhereNothingIsPlanted() throws Exception {
        ReplicaPackage whole = ReplicaPackage.built(CHECKOUT);
        Path folder = Path.of("target", "chaos", "whole").toAbsolutePath();
        try (Run run = Run.start(CHECKOUT, whole, 2, folder)) {
            assertThat(pauseInTheMiddleOfATurn(run)).isEmpty();
            assertThat(killInTheMiddleOfATurn(run)).isEmpty();
            assertThat(killInTheMiddleOfATool(run)).isEmpty();
        }
    }

    private Run sabotaged(Sabotage sabotage) throws Exception {
        String name = sabotage.name().toLowerCase(Locale.ROOT);
        ReplicaPackage broken = ReplicaPackage.built(CHECKOUT).sabotaged(sabotage, copies.resolve(name));
        return Run.start(CHECKOUT, broken, 2, Path.of("target", "chaos", name).toAbsolutePath());
    }

    /** The first worker is paused beyond its lease, and comes back while its successor is at the same turn. */
    private static List<Violation> pauseInTheMiddleOfATurn(Run run) throws Exception {
        run.begin(Life.of(new TaskScript(
                        "paused",
                        Turn.put(Duration.ofSeconds(3), Duration.ZERO),
                        Turn.put(Duration.ofMillis(500), Duration.ZERO),
                        Turn.answer(Duration.ofMillis(500))))
                .followed());
        int holder = awaitCall(run, "paused").replica();
        run.cluster().suffer(new Fault.Pause(holder, Duration.ofSeconds(6)));
        return Checker.violations(run.evidence(PATIENCE));
    }

    private static List<Violation> killInTheMiddleOfATurn(Run run) throws Exception {
        run.begin(Life.of(new TaskScript("killed", Turn.answer(Duration.ofSeconds(2)))));
        int holder = awaitCall(run, "killed").replica();
        run.cluster().suffer(new Fault.Kill(holder, Duration.ZERO));
        return Checker.violations(run.evidence(SHORT_PATIENCE));
    }

    private static List<Violation> killInTheMiddleOfATool(Run run) throws Exception {
        run.begin(Life.of(new TaskScript(
                "tool",
                Turn.append(Duration.ofMillis(50), Duration.ofSeconds(2)),
                Turn.answer(Duration.ofMillis(50)))));
        Eventually.holds("the tool is called", () -> executed(run).isPresent());
        int holder = executed(run).orElseThrow().replica();
        run.cluster().suffer(new Fault.Kill(holder, Duration.ZERO));
        return Checker.violations(run.evidence(PATIENCE));
    }

    private static Optional<Execution> executed(Run run) {
        return run.cluster().ledger().executions().stream()
                .filter(execution -> execution.entry().startsWith("tool."))
                .findFirst();
    }

    private static ModelCall awaitCall(Run run, String label) throws InterruptedException {
        Eventually.holds(
                "the model is asked", () -> !run.cluster().model().calls(label).isEmpty());
        Thread.sleep(300);
        return run.cluster().model().calls(label).getFirst();
    }
}
