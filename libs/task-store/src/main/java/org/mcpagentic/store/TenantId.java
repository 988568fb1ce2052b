package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * Whom a record belongs to: the unit of isolation, limits and statistics.
 *
 * @param value 1 to 64 characters of {@code a-z 0-9 _ -}; braces are excluded because a Redis Cluster hash tag is built beside it
 */
public record TenantId(String value) {

    private static final Pattern VALID = Pattern.compile("[a-z0-9_-]{1,64}");

    /** The tenant of callers that name none. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("a tenant is 1 to 64 characters of a-z, 0-9, _ and -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
