package org.mcpagentic.chaos.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault that happened.
 *
 * @param replica whom it hit; {@link #REDIS} where it was Redis
 * @param to when all was as before again
 */
public record Disturbance(Kind kind, int replica, Instant from, Instant to) {

    public static final int REDIS = -1;

    /** What happened. */
    public enum Kind {
        KILL,
        PAUSE,
        TERMINATE,
        KILL_REDIS,
        DELAY,
        CUT,
        SILENCE,
        BLACK_HOLE
    }

    public boolean isOf(int one) {
        return replica == one;
    }

    /** Whether it went on at some time from the one instant to the other. */
    public boolean touches(Instant begin, Instant end) {
        return !from.isAfter(end) && !to.isBefore(begin);
    }

    /** Whether it can make a worker act on what it was told long before. */
    public boolean makesLate() {
        return switch (kind) {
            case PAUSE, DELAY, SILENCE, BLACK_HOLE -> true;
            case KILL, TERMINATE, KILL_REDIS, CUT -> false;
        };
    }

    /** Whether it went on at the instant or had ended less than so long before. */
    public boolean explains(Instant at, Duration after) {
        return touches(at.minus(after), at);
    }
}
