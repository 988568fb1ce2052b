package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * The id of an approval: {@code p}, the shard in base 36, a dash and 130 random bits, so that the id alone finds the shard
 * and cannot be guessed.
 */
public record ApprovalId(String value) {

    private static final Pattern VALID = Pattern.compile("p[0-9a-z]{1,4}-[0-9a-z]{20,32}");

    public ApprovalId {
        if (!looksLike(value)) {
            throw new IllegalArgumentException("not an approval id");
        }
    }

    /** Whether the text has an approval id's form; says nothing about whether the approval exists. */
    public static boolean looksLike(String text) {
        return VALID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
