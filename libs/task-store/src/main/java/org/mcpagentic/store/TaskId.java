package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * The id of a task: {@code t}, the shard in base 36, a dash and 128 random bits, so that the id alone finds the shard
 * and cannot be guessed.
 *
 * @param value for example {@code t0-4kq0…}; 28 to 40 characters
 */
public record TaskId(String value) {

    private static final Pattern VALID = Pattern.compile("t[0-9a-z]{1,4}-[0-9a-z]{20,32}");

    public TaskId {
        if (!looksLike(value)) {
            throw new IllegalArgumentException("not a task id");
        }
    }

    /** Whether the text has a task id's form; says nothing about whether the task exists. */
    public static boolean looksLike(String text) {
        return VALID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
