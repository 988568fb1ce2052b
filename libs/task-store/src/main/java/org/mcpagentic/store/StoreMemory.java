package org.mcpagentic.store;

/**
 * The memory of a Redis.
 *
 * @param used bytes
 * @param limit bytes that it may use, its {@code maxmemory}; 0 where it has no bound
 */
public record StoreMemory(long used, long limit) {

    public StoreMemory {
        if (used < 0 || limit < 0) {
            throw new IllegalArgumentException("memory is 0 bytes or more");
        }
    }

    /** This or another, whichever fills more of its bound; where neither has one, whichever uses more. */
    public StoreMemory orFuller(StoreMemory other) {
        int order = Double.compare(fill(), other.fill());
        return order > 0 || (order == 0 && used >= other.used) ? this : other;
    }

    private double fill() {
        return limit == 0 ? 0 : (double) used / limit;
    }
}
