package org.mcpagentic.stubmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mcpagentic.stubmodel.Refusal.Cause;

/**
 * So many requests in a window of time that begins with the first of them, and so many in a day of 24 hours that
 * begins likewise. Refused requests do not count.
 */
final class Quota {
    /** What Google tells a client to wait whose day is used up, though it will not help. */
    static final Duration TOLD_OF_A_DAY = Duration.ofSeconds(36);

    private static final Duration DAY = Duration.ofDays(1);

    private final Window window;
    private final Window day;

    Quota(int perWindow, Duration window, int perDay) {
        this.window = new Window(perWindow, window);
        this.day = new Window(perDay, DAY);
    }

    /** Grants a request by giving nothing, or refuses it. */
    synchronized Optional<Refusal> refusal(Instant now) {
        if (day.full(now)) {
            return Optional.of(Reply.dailyQuota());
        }
        if (window.full(now)) {
            return Optional.of(new Refusal(Cause.RATE_LIMITED, "", Duration.between(now, window.end), Duration.ZERO));
        }
        day.count(now);
        window.count(now);
        return Optional.empty();
    }

    synchronized void forget() {
        day.granted = 0;
        day.end = Instant.MIN;
        window.granted = 0;
        window.end = Instant.MIN;
    }

    private static final class Window {
        private final int limit;
        private final Duration length;
        private Instant end = Instant.MIN;
        private int granted;

        Window(int limit, Duration length) {
            if (limit < 0 || !length.isPositive()) {
                throw new IllegalArgumentException("a quota allows 0 or more in a time that lasts");
            }
            this.limit = limit;
            this.length = length;
        }

        boolean full(Instant now) {
            return now.isBefore(end) && granted >= limit;
        }

        void count(Instant now) {
            if (!now.isBefore(end)) {
                end = now.plus(length);
                granted = 0;
            }
            granted++;
        }
    }
}
