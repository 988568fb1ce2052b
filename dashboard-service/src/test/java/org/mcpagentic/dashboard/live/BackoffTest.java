package org.mcpagentic.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final RandomGenerator NO_SPREAD = () -> 0;

    @Test
    void doublesUpToFiveSeconds() {
        Backoff backoff = new Backoff(NO_SPREAD);

        assertThat(Stream.generate(backoff::next).limit(7))
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    }

    @Test
    void beginsAnewAfterAReset() {
        Backoff backoff = new Backoff(NO_SPREAD);
        backoff.next();
        backoff.next();

        backoff.reset();

        assertThat(backoff.next()).hasMillis(200);
    }

    @Test
    void spreadsByUpToHalf() {
        Backoff backoff = new Backoff(() -> -1L);

        assertThat(backoff.next()).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    }
}
