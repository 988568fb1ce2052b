package org.mcpagentic.access.audit.trail;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What was written down, as it lies in Redis: whatever somebody has put there.
 *
 * @param fields names and values in turn, one character for each byte (ISO 8859-1), so that no byte is lost
 */
public record Entry(Position position, List<String> fields) {

    private static final String MARK = "mark";

    public Entry {
        fields = List.copyOf(fields);
        if (fields.size() % 2 != 0) {
            throw new IllegalArgumentException("an entry's fields are names and values");
        }
    }

    /** The first field of the name; empty where there is none. */
    public String field(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equals(name)) {
                return fields.get(i + 1);
            }
        }
        return "";
    }

    /** When it was appended, by Redis' clock; nothing where it does not say so. */
    public Optional<Instant> at() {
        return instant(field("at"));
    }

    /** What its sealer found odd; empty where nothing was. */
    public String mark() {
        int last = fields.size() - 2;
        return last >= 0 && fields.get(last).equals(MARK) ? fields.get(last + 1) : "";
    }

    /** The same, with what its sealer found odd. */
    public Entry marked(String mark) {
        return mark.isEmpty() ? this : new Entry(position, concatenated(fields, List.of(MARK, mark)));
    }

    /** The same elsewhere. */
    public Entry at(Position position) {
        return new Entry(position, fields);
    }

    /** Reads microseconds since 1970. */
    static Optional<Instant> instant(String micros) {
        try {
            return Optional.of(Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static List<String> concatenated(List<String> some, List<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }
}
