package org.mcpagentic.custommcp.remote.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One place where two definitions are not the same.
 *
 * @param path a JSON pointer (RFC 6901)
 * @param pinned what was approved there; nothing where there was nothing
 * @param seen what the server says there now; nothing where there is nothing
 */
public record Difference(String path, Optional<JsonNode> pinned, Optional<JsonNode> seen) {

    /** All places, the outermost that say it; in order of path within each object. */
    public static List<Difference> between(Definition pinned, Definition seen) {
        List<Difference> differences = new ArrayList<>();
        compare("", pinned.json(), seen.json(), differences);
        return differences;
    }

    private static void compare(String path, JsonNode pinned, JsonNode seen, List<Difference> into) {
        if (pinned.equals(seen)) {
            return;
        }
        if (!pinned.isObject() || !seen.isObject()) {
            into.add(new Difference(path, Optional.of(pinned), Optional.of(seen)));
            return;
        }
        Set<String> names = new TreeSet<>();
        pinned.fieldNames().forEachRemaining(names::add);
        seen.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String inside = path + "/" + name.replace("~", "~0").replace("/", "~1");
            JsonNode before = pinned.get(name);
            JsonNode now = seen.get(name);
            if (before == null || now == null) {
                into.add(new Difference(inside, Optional.ofNullable(before), Optional.ofNullable(now)));
            } else {
                compare(inside, before, now, into);
            }
        }
    }
}
