package org.mcpagentic.system;

import java.time.Duration;

/** Durations that matter, printed for whoever reads the run. */
final class Figures {
    private Figures() {}

    static void print(String what, Duration took) {
        System.out.printf("figure: %s: %.2f s%n", what, took.toMillis() / 1000.0);
    }
}
