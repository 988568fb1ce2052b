package org.mcpagentic.chaos;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what others do. */
final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(5);

    private Eventually() {}

    /** @throws IllegalStateException where it does not come about within 30 s */
    static void holds(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not come about that " + what);
            }
            Thread.sleep(LOOK);
        }
    }
}
