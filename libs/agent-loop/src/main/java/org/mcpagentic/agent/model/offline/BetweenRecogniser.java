package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recognises {@code how many days until D}, {@code weeks between D and D}, {@code how long since D}. */
final class BetweenRecogniser implements Recogniser {

    private static final Set<String> LINKS = Set.of(
            "are",
            "there",
            "is",
            "it",
            "remain",
            "remaining",
            "left",
            "will",
            "be",
            "do",
            "we",
            "i",
            "have",
            "to",
            "go",
            "passed",
            "has",
            "been",
            "the",
            "time",
            "does",
            "take",
            "was",
            "lie",
            "lies",
            "still");
    private static final Set<String> UNTIL = Set.of("until", "till", "til", "to", "before");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        Optional<TimeBetween> found = cursor.attempt(() -> {
            boolean asked = cursor.accept("how", "many")
                    || cursor.accept("number", "of")
                    || cursor.accept("the", "number", "of");
            Optional<String> unit = Span.unit(cursor);
            if (unit.isEmpty() && (asked || !acceptHowLong(cursor))) {
                return Optional.empty();
            }
            return range(cursor, unit.orElse(""), context.earlierDate());
        });
        return found.<List<Finding>>map(between -> List.of(new Finding.Wish(between)))
                .orElse(List.of());
    }

    private static boolean acceptHowLong(Cursor cursor) {
        return cursor.accept("how", "long")
                || cursor.accept("how", "much", "time")
                || cursor.accept("time")
                || (cursor.peek().is("difference") && cursor.accept("difference"));
    }

    private static Optional<TimeBetween> range(Cursor cursor, String unit, boolean earlier) {
        // why: "days to go until" and "days to D" both hold a "to"
        Optional<TimeBetween> direct = cursor.attempt(() -> bounds(cursor, unit, earlier));
        if (direct.isPresent()) {
            return direct;
        }
        cursor.skipAll(LINKS);
        return bounds(cursor, unit, earlier);
    }

    private static Optional<TimeBetween> bounds(Cursor cursor, String unit, boolean earlier) {
        if (cursor.accept("from")) {
            return When.read(cursor, earlier)
                    .flatMap(from -> cursor.acceptAny(UNTIL) ? to(cursor, from, unit, earlier) : Optional.empty());
        }
        if (cursor.accept("between")) {
            return When.read(cursor, earlier)
                    .flatMap(from -> cursor.accept("and") ? to(cursor, from, unit, earlier) : Optional.empty());
        }
        if (cursor.accept("since") || cursor.accept("ago", "was") || cursor.accept("ago", "is")) {
            return When.read(cursor, earlier).map(from -> new TimeBetween(from, present(from), unit));
        }
        return cursor.acceptAny(UNTIL)
                ? When.read(cursor, earlier).map(until -> upTo(cursor, until, unit))
                : Optional.empty();
    }

    private static Optional<TimeBetween> to(Cursor cursor, When from, String unit, boolean earlier) {
        return When.read(cursor, earlier).map(to -> new TimeBetween(from, to, unit));
    }

    private static TimeBetween upTo(Cursor cursor, When until, String unit) {
        Optional<When> from = cursor.attempt(() -> cursor.accept("from") ? When.read(cursor) : Optional.empty());
        return new TimeBetween(from.orElseGet(() -> present(until)), until, unit);
    }

    // why: between two dates only whole days count, from a time on the hours count too
    private static When present(When other) {
        return new When(other.timed() ? "now" : "today", other.timed());
    }
}
