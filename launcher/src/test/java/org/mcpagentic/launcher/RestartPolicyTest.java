package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RestartPolicy policy = new RestartPolicy();

    @Test
    void pausesLongerAfterEachDeathAndGivesUpAtTheFourth() {
        var pauses = IntStream.range(0, 4)
                .mapToObj(second -> policy.died(START.plusSeconds(second)))
                .toList();

        assertThat(pauses.get(0)).contains(Duration.ofMillis(500));
        assertThat(pauses.get(1)).contains(Duration.ofSeconds(1));
        assertThat(pauses.get(2)).contains(Duration.ofSeconds(2));
        assertThat(pauses.get(3)).isEmpty();
    }

    @Test
    void forgetsDeathsAfterAMinute() {
        IntStream.range(0, 3)
                .forEach(second ->
                        assertThat(policy.died(START.plusSeconds(second))).isPresent());

        var pause = policy.died(START.plusSeconds(63));

        assertThat(pause).contains(Duration.ofMillis(500));
    }
}
