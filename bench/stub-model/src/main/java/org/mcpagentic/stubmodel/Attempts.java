package org.mcpagentic.stubmodel;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each turn of each input was asked for; remembers the 100,000 that were asked for last. */
final class Attempts {
    private static final int REMEMBERED = 100_000;

    private record Turn(String input, int turn) {}

    private final Map<Turn, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Turn, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized int next(ModelRequest request) {
        return counts.merge(new Turn(request.input(), request.turn()), 1, Integer::sum);
    }

    synchronized void forget() {
        counts.clear();
    }
}
