package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * What a tenant remembers something under.
 *
 * @param value 1 to 128 characters of {@code a-z 0-9 . _ - / :}, the first a letter or digit; lower case only, so that nothing
 *     is remembered twice under keys that look the same
 */
public record MemoryKey(String value) implements Comparable<MemoryKey> {

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._/:-]{0,127}");

    public MemoryKey {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("a key is 1 to 128 characters of a-z, 0-9 and . _ - / : (lower case); "
                    + "the first is a letter or a digit");
        }
    }

    @Override
    public int compareTo(MemoryKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
