package org.mcpagentic.access.audit.verify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mcpagentic.access.audit.trail.Position;

/** What a log outside Redis says that a trail was. */
public record Anchor(int shard, Position position, String mac) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,4}):([0-9-]{1,41}):([0-9a-f]{64})");

    /**
     * Reads {@code shard:number:mac}.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public static Anchor parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("an anchor is shard:number:mac, as the log has them");
        }
        Position position = Position.parse(matcher.group(2))
                .orElseThrow(() -> new IllegalArgumentException("an anchor's number is none"));
        return new Anchor(Integer.parseInt(matcher.group(1)), position, matcher.group(3));
    }
}
