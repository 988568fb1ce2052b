package org.mcpagentic.store;

import java.time.Duration;

/**
 * A bound that a transition evaluates as part of its one atomic write: a rate, a concurrency or a budget. The store
 * knows no policy; whoever calls names what is counted.
 *
 * @param name what is counted, such as {@code rate:key:abc}; unique within the tenant's shard
 * @param cost how much this request takes, 0 or more
 * @param limit how much there is at most, more than zero
 * @param window after which the count starts anew; zero for a count that only settling gives back
 */
public record Guard(String name, long cost, long limit, Duration window) {

    public Guard {
        if (cost < 0 || limit < 1 || window.isNegative()) {
            throw new IllegalArgumentException(
                    "a guard's cost and window are not negative, its limit is more than zero");
        }
    }
}
