package org.mcpagentic.mcp.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is true of a task in any state.
 *
 * @param id unguessable; 1 to {@value #MAX_ID} visible ASCII characters
 * @param lastUpdatedAt when its state changed last
 * @param life for how long after its creation it is kept; absent where there is no limit
 * @param pollInterval how often a client should ask
 * @param statusMessage a sentence for people
 */
public record TaskHead(
        String id,
        Instant createdAt,
        Instant lastUpdatedAt,
        Optional<Duration> life,
        Duration pollInterval,
        Optional<String> statusMessage) {

    /** Longest id in characters. */
    public static final int MAX_ID = 256;

    public TaskHead {
        if (!id.matches("[!-~]{1," + MAX_ID + "}")) {
            throw new IllegalArgumentException("a task's id is 1 to " + MAX_ID + " visible ASCII characters");
        }
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("a poll interval is positive");
        }
    }
}
