package org.mcpagentic.custommcp.tools.datetime;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mcpagentic.agent.tool.ToolFailure;

/** The zones of the IANA time zone database, found however their names are capitalised. */
final class Zones {

    private static final Map<String, String> BY_LOWER_NAME = new TreeMap<>();

    static {
        for (String id : ZoneId.getAvailableZoneIds()) {
            BY_LOWER_NAME.put(id.toLowerCase(Locale.ROOT), id);
        }
    }

    private Zones() {}

    static ZoneId named(String name) {
        String wanted = name.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        String id = BY_LOWER_NAME.get(wanted);
        if (id == null) {
            throw new ToolFailure("there is no time zone \"%s\"; %s".formatted(name, suggestion(wanted)));
        }
        return ZoneId.of(id);
    }

    private static String suggestion(String wanted) {
        String city = wanted.substring(wanted.lastIndexOf('/') + 1);
        String closest = "";
        int distance = 3;
        for (Map.Entry<String, String> zone : BY_LOWER_NAME.entrySet()) {
            int candidate = distance(city, zone.getKey().substring(zone.getKey().lastIndexOf('/') + 1));
            // why: Asia/Tokyo is the better name than the bare alias of a country or a city
            if (candidate < distance && zone.getKey().indexOf('/') > 0) {
                distance = candidate;
                closest = zone.getValue();
            }
        }
        return closest.isEmpty()
                ? "name one of the IANA database, such as Europe/Berlin or UTC"
                : "did you mean " + closest + "?";
    }

    /** How many letters to insert, remove or change (Levenshtein); both texts are short. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
