package org.mcpagentic.agent.model.offline;

import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** An amount of time, such as {@code 90 days} or {@code a week}. */
record Span(long amount, String unit) {

    private static final Set<String> UNITS = Set.of("second", "minute", "hour", "day", "week", "month", "year");
    private static final int MAX_DIGITS = 8;

    static Optional<Span> read(Cursor cursor) {
        return cursor.attempt(() -> {
            Optional<String> number = NumberReader.read(cursor)
                    .or(() -> cursor.accept("a") || cursor.accept("an") || cursor.accept("one")
                            ? Optional.of("1")
                            : Optional.empty());
            return number.filter(digits ->
                            digits.length() <= MAX_DIGITS && digits.chars().allMatch(Character::isDigit))
                    .flatMap(digits -> unit(cursor).map(unit -> new Span(Long.parseLong(digits), unit)));
        });
    }

    /** A unit of time, in the plural. */
    static Optional<String> unit(Cursor cursor) {
        return cursor.attempt(() -> cursor.accept(Kind.WORD)
                .map(Token::text)
                .map(word -> word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
                .filter(UNITS::contains)
                .map(unit -> unit + "s"));
    }

    /** Whether a day plus this is at a time of day. */
    boolean timed() {
        return unit.equals("seconds") || unit.equals("minutes") || unit.equals("hours");
    }
}
