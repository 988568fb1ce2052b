package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * The id of a response: {@code r}, the shard in base 36, a dash and 128 random bits; or, for a model turn of a task, the
 * task's id, a dot and the step.
 */
public record ResponseId(String value) {

    private static final Pattern VALID =
            Pattern.compile("r[0-9a-z]{1,4}-[0-9a-z]{20,32}|t[0-9a-z]{1,4}-[0-9a-z]{20,32}\\.[1-9][0-9]{0,8}");

    public ResponseId {
        if (!looksLike(value)) {
            throw new IllegalArgumentException("not a response id");
        }
    }

    /** Whether the text has a response id's form; says nothing about whether the response exists. */
    public static boolean looksLike(String text) {
        return VALID.matcher(text).matches();
    }

    /** The response that a task's step is. */
    public static ResponseId ofStep(TaskId task, int step) {
        return new ResponseId(task.value() + "." + step);
    }

    /** Whether it is a step of a task. */
    public boolean isOfTask() {
        return value.startsWith("t");
    }

    @Override
    public String toString() {
        return value;
    }
}
