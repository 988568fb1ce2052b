package org.mcpagentic.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mcpagentic.chaos.check.Checker;
import org.mcpagentic.chaos.check.Violation;
import org.mcpagentic.chaos.cluster.ReplicaPackage;
import org.mcpagentic.chaos.history.Disturbance;
import org.mcpagentic.chaos.history.Disturbance.Kind;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.plan.Plan;

/** One short run of the real thing; {@code make chaos} does long ones. */
class ShortSeedTest {

    static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final long SEED = 14;
    private static final Duration LENGTH = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void allInvariantsHoldAfterAShortSeed() throws Exception {
        Plan plan = Plan.of(SEED, LENGTH, 3);
        Path folder = Path.of("target", "chaos", "short").toAbsolutePath();
        try (Run run = Run.start(CHECKOUT, ReplicaPackage.built(CHECKOUT), 3, folder)) {
            run.play(plan);

            Evidence evidence = run.evidence(PATIENCE);
            List<Violation> violations = Checker.violations(evidence);

            Report.print(evidence, violations, System.out);
            assertThat(violations).as(plan.text() + folder).isEmpty();
            assertThat(evidence.tasks()).hasSizeGreaterThan(plan.lives().size() / 2);
            assertThat(evidence.disturbances())
                    .extracting(Disturbance::kind)
                    .contains(Kind.KILL, Kind.PAUSE, Kind.KILL_REDIS, Kind.CUT, Kind.BLACK_HOLE);
        }
    }
}
