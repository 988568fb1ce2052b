package org.mcpagentic.agent.loop;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a task waits before it is tried again: exponential with full jitter, up to 2 s, 4 s, 8 s and so on to 60 s. */
final class Backoff {

    /** After this many attempts a task is not tried again. */
    static final int MOST_ATTEMPTS = 5;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private Backoff() {}

    /**
     * A little later than a provider asked for, so that not all come back at once: up to a tenth, and 5 s at most; and never
     * at once.
     */
    static Duration notBefore(Duration told) {
        Duration least = told.compareTo(SHORTEST) < 0 ? SHORTEST : told;
        long most = Math.min(5_000, least.toMillis() / 10);
        return least.plusMillis(1 + ThreadLocalRandom.current().nextLong(most + 1));
    }

    /** @param attempt the attempt that follows, 2 or more */
    static Duration before(int attempt) {
        long most = Math.min(60_000, 1000L << Math.min(attempt - 1, 16));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
    }
}
