package org.mcpagentic.edge.sse;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One event of a stream.
 *
 * @param id where a client resumes behind it; not negative; absent for events that are not replayed
 * @param name the event's type, such as {@code task.created}
 * @param data what becomes the JSON of its {@code data} line
 */
public record ServerSentEvent(OptionalLong id, String name, Object data) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    public ServerSentEvent {
        if (id.isPresent() && id.getAsLong() < 0) {
            throw new IllegalArgumentException("an event's id is not negative");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an event's name is 1 to 64 characters of a-z, 0-9, '.', '_' and '-'");
        }
    }

    /** An event that a client can resume behind. */
    public static ServerSentEvent numbered(long id, String name, Object data) {
        return new ServerSentEvent(OptionalLong.of(id), name, data);
    }

    /** An event that is sent to whom is there and is not replayed. */
    public static ServerSentEvent passing(String name, Object data) {
        return new ServerSentEvent(OptionalLong.empty(), name, data);
    }
}
