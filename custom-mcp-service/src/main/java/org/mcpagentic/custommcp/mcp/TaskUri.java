package org.mcpagentic.custommcp.mcp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mcpagentic.store.TaskId;

/**
 * The address of something of a task: {@code task://ID}, {@code task://ID/result}, {@code task://ID/journal}.
 *
 * @param task whose
 * @param part what of it
 */
record TaskUri(TaskId task, Part part) {

    private static final Pattern VALID = Pattern.compile("task://([0-9a-z-]{1,64})(/result|/journal)?");

    /** What there is of a task. */
    enum Part {
        WHOLE(""),
        RESULT("/result"),
        JOURNAL("/journal");

        private final String path;

        Part(String path) {
            this.path = path;
        }
    }

    /** What an address names; nothing where it is no address of a task. */
    static Optional<TaskUri> parse(String uri) {
        Matcher matcher = VALID.matcher(uri);
        if (!matcher.matches() || !TaskId.looksLike(matcher.group(1))) {
            return Optional.empty();
        }
        String path = Optional.ofNullable(matcher.group(2)).orElse("");
        for (Part part : Part.values()) {
            if (part.path.equals(path)) {
                return Optional.of(new TaskUri(new TaskId(matcher.group(1)), part));
            }
        }
        return Optional.empty();
    }

    static String whole(TaskId task) {
        return new TaskUri(task, Part.WHOLE).toString();
    }

    @Override
    public String toString() {
        return "task://" + task + part.path;
    }
}
