package org.mcpagentic.store;

import java.time.Duration;

/**
 * What a {@link Guard.Rate} has left after a request.
 *
 * @param left how many requests would pass now, 0 or more
 * @param full after which time the bucket is full again
 */
public record Allowance(long left, Duration full) {

    public Allowance {
        if (left < 0 || full.isNegative()) {
            throw new IllegalArgumentException("an allowance is not negative");
        }
    }
}
