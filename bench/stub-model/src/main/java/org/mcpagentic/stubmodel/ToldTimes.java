package org.mcpagentic.stubmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Before when the stub told its clients not to come again, for each input (the latest 100,000) and for all together. */
final class ToldTimes {
    /** What clocks and timers are forgiven. */
    static final Duration TOLERANCE = Duration.ofMillis(20);

    private static final int REMEMBERED = 100_000;

    private final Map<String, Instant> byInput = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Instant latest = Instant.MIN;

    synchronized void told(String input, Instant notBefore) {
        byInput.merge(input, notBefore, ToldTimes::later);
        latest = later(latest, notBefore);
    }

    /** Whether this input comes sooner than it was told to. */
    synchronized boolean early(String input, Instant now) {
        return Optional.ofNullable(byInput.get(input))
                .filter(time -> now.plus(TOLERANCE).isBefore(time))
                .isPresent();
    }

    /** Whether anyone was told to come later than now. */
    synchronized boolean whileRefusing(Instant now) {
        return now.plus(TOLERANCE).isBefore(latest);
    }

    synchronized void forget() {
        byInput.clear();
        latest = Instant.MIN;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
