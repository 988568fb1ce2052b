package org.mcpagentic.access.audit.trail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an entry stands in its shard's trail. Both numbers are unsigned.
 *
 * @param number counts entries from 1 on; 0 before the first
 * @param sequence 0; more for what stands there without a number of its own, behind the entry that has it
 */
public record Position(long number, long sequence) implements Comparable<Position> {

    /** Before the first entry. */
    public static final Position START = new Position(0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,20})(?:-([0-9]{1,20}))?");

    /** Reads {@code N} or {@code N-S}; nothing where it is neither. */
    public static Optional<Position> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            String sequence = Optional.ofNullable(matcher.group(2)).orElse("0");
            return Optional.of(
                    new Position(Long.parseUnsignedLong(matcher.group(1)), Long.parseUnsignedLong(sequence)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The entry with the next number. */
    public Position following() {
        return new Position(number + 1, 0);
    }

    /** The next place behind this one that has no number of its own. */
    public Position behind() {
        return new Position(number, sequence + 1);
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    /** As a stream's id. */
    public String id() {
        return Long.toUnsignedString(number) + "-" + Long.toUnsignedString(sequence);
    }

    @Override
    public int compareTo(Position other) {
        int numbers = Long.compareUnsigned(number, other.number);
        return numbers != 0 ? numbers : Long.compareUnsigned(sequence, other.sequence);
    }

    /** {@code N}, or {@code N-S} where it has no number of its own. */
    @Override
    public String toString() {
        return sequence == 0 ? Long.toUnsignedString(number) : id();
    }
}
