package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * Who, within a tenant, a record belongs to: a key, a person or a program.
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ : @ -}
 */
public record OwnerId(String value) {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");

    public OwnerId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("an owner is 1 to 128 characters of A-Z, a-z, 0-9 and . _ : @ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
