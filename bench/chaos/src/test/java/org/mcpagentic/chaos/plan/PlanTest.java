package org.mcpagentic.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Duration LENGTH = Duration.ofMinutes(5);

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Plan.of(1, LENGTH, 3)).isEqualTo(Plan.of(1, LENGTH, 3));
    }

    @Test
    void isAnotherForAnotherSeed() {
        assertThat(Plan.of(1, LENGTH, 3)).isNotEqualTo(Plan.of(2, LENGTH, 3));
    }

    @Test
    void holdsEveryKindOfFaultInFiveMinutes() {
        Plan plan = Plan.of(1, LENGTH, 3);

        assertThat(plan.faults())
                .extracting(moment -> moment.fault().getClass().getSimpleName())
                .contains("Kill", "Pause", "RollingRestart", "KillRedis", "Delay", "Cut", "Silence", "BlackHole");
    }

    @Test
    void letsTasksBeCreatedTwiceCancelledFollowedAndRetried() {
        Plan plan = Plan.of(1, LENGTH, 3);

        assertThat(plan.lives())
                .hasSizeGreaterThan(300)
                .anySatisfy(life -> assertThat(life.twice()).isTrue());
        assertThat(plan.lives()).anySatisfy(life -> assertThat(life.cancel()).isPresent());
        assertThat(plan.lives()).anySatisfy(life -> assertThat(life.follow()).isTrue());
        assertThat(plan.lives()).extracting(Life::retry).contains(Life.Retry.values());
        assertThat(plan.lives()).extracting(Life::resolution).contains(Life.Resolution.values());
        assertThat(plan.lives()).extracting(life -> life.script().label()).doesNotHaveDuplicates();
    }

    @Test
    void namesOnlyReplicasThatThereAre() {
        assertThat(Plan.of(3, LENGTH, 2).text())
                .contains("replica=0", "replica=1")
                .doesNotContain("replica=2");
    }

    @Test
    void refusesASingleReplica() {
        assertThatThrownBy(() -> Plan.of(1, LENGTH, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
