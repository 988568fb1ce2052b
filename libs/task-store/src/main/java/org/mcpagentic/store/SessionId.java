package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * One sitting of one client: what groups its tasks and questions and counts as active.
 *
 * @param value 8 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record SessionId(String value) {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    public SessionId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("a session id is 8 to 64 characters of A-Z, a-z, 0-9, _ and -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
