package org.mcpagentic.custommcp.tools.memory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.mcpagentic.store.MemoryEntry;
import org.mcpagentic.store.MemoryHeading;

/** What is remembered, as a model reads it. */
public final class Recollection {

    private Recollection() {}

    /** The key and what is known of its value, without the value. */
    public static ObjectNode of(MemoryHeading heading) {
        ObjectNode shown = withKey(heading);
        shown.put("bytes", heading.bytes());
        return withTimes(shown, heading);
    }

    /** The key and all of its value. */
    public static ObjectNode of(MemoryEntry entry) {
        ObjectNode shown = withKey(entry.heading());
        shown.put("value", entry.value());
        return withTimes(shown, entry.heading());
    }

    /** The key and that part of its value that a text was found in. */
    public static ObjectNode around(String text, MemoryEntry entry) {
        Excerpt excerpt = Excerpt.of(entry.value(), text);
        ObjectNode shown = withKey(entry.heading());
        shown.put("value", excerpt.text());
        if (excerpt.shortened()) {
            shown.put("shortened", true);
        }
        return withTimes(shown, entry.heading());
    }

    private static ObjectNode withKey(MemoryHeading heading) {
        return JsonNodeFactory.instance.objectNode().put("key", heading.key().value());
    }

    private static ObjectNode withTimes(ObjectNode shown, MemoryHeading heading) {
        shown.put("created_at", shown(heading.createdAt())).put("updated_at", shown(heading.updatedAt()));
        heading.expiresAt().ifPresent(when -> shown.put("expires_at", shown(when)));
        return shown;
    }

    private static String shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
