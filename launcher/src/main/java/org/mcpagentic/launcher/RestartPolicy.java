package org.mcpagentic.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How often a component may die: three deaths within a minute are mended, each after a longer pause; the fourth is not. */
final class RestartPolicy {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_RESTARTS = 3;

    private final Deque<Instant> deaths = new ArrayDeque<>();

    /** Counts a death; the pause before the restart, or nothing if there shall be none. */
    Optional<Duration> died(Instant now) {
        deaths.removeIf(death -> death.isBefore(now.minus(WINDOW)));
        deaths.addLast(now);
        return deaths.size() > MOST_RESTARTS
                ? Optional.empty()
                : Optional.of(FIRST_PAUSE.multipliedBy(1L << (deaths.size() - 1)));
    }
}
