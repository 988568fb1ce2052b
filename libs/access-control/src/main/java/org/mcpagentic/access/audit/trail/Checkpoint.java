package org.mcpagentic.access.audit.trail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who has the key says what the trail was at a time: that it reached a position and had this mac there; or, of a base, that
 * what lies before was let go.
 *
 * @param at microseconds since 1970, by Redis' clock
 */
public record Checkpoint(Position position, String mac, String at, String signature) {

    /** When it was signed; nothing where that cannot be read. */
    public Optional<Instant> time() {
        return Entry.instant(at);
    }

    /** As one text. */
    public String text() {
        return String.join(" ", position.id(), mac, at, signature);
    }

    /** Reads {@link #text()}; nothing where it is none. */
    public static Optional<Checkpoint> parse(String text) {
        List<String> words = List.of(text.split(" ", -1));
        return words.size() == 4
                ? Position.parse(words.get(0))
                        .map(position -> new Checkpoint(position, words.get(1), words.get(2), words.get(3)))
                : Optional.empty();
    }
}
