package org.mcpagentic.stubmodel;

import java.time.Duration;

/**
 * How fast an answer comes, to the millisecond. An answer in one piece comes when the last chunk would have.
 *
 * @param first from the end of the request to the first chunk
 * @param between from one chunk to the next
 * @param chunks into how many chunks a text is cut; 0 cuts it into words
 * @param fragment of how many bytes the pieces are in which a stream is written, wherever that cuts it; 0 for whole events
 */
public record Pace(Duration first, Duration between, int chunks, int fragment) {
    static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, 0, 0);

    public Pace {
        if (first.isNegative() || between.isNegative() || chunks < 0 || fragment < 0) {
            throw new IllegalArgumentException("a pace has no negative times or counts");
        }
    }
}
