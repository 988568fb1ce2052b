package org.mcpagentic.launcher;

import java.time.Duration;

/** Time since a moment; as text in seconds. */
record Stopwatch(long startNanos) {
    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public String toString() {
        return "%.1f s".formatted(elapsed().toMillis() / 1000.0);
    }
}
