package org.mcpagentic.dashboard.live;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling from 200 ms to 5 s, each spread by up to half against a herd. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    synchronized Duration next() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Duration.ofMillis(Math.round(wait.toMillis() * (1 - random.nextDouble() / 2)));
    }

    synchronized void reset() {
        next = FIRST;
    }
}
