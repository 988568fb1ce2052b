package org.mcpagentic.agent.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recognises {@code what time is it in Tokyo and in New York}, {@code today's date}, {@code 18:00 Berlin to Tokyo}. */
final class ClockRecogniser implements Recogniser {

    private static final Place UTC = new Place("", "UTC");
    private static final Set<String> PRESENT =
            Set.of("current", "local", "exact", "right", "now", "currently", "today", "please", "there", "time");
    private static final List<String[]> TIME = Vocabulary.phrases(
            "what time is it",
            "what's the time",
            "what is the time",
            "what time it is",
            "what time",
            "the time",
            "time is it",
            "time it is",
            "current time",
            "local time",
            "time");
    private static final List<String[]> DATE = Vocabulary.phrases(
            "what is the date",
            "what's the date",
            "what date is it",
            "what day is it",
            "what day is today",
            "what is today's date",
            "what's today's date",
            "what date is today",
            "today's date",
            "current date",
            "what is today",
            "what's today",
            "date today",
            "the date",
            "what weekday is it",
            "what weekday is today",
            "what day of the week is it");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        return cursor.attempt(() -> conversion(cursor))
                .or(() -> cursor.attempt(() -> present(cursor, context)))
                .orElse(List.of());
    }

    private static Optional<List<Finding>> present(Cursor cursor, Context context) {
        boolean date = Vocabulary.acceptAnyPhrase(cursor, DATE);
        int question = cursor.index();
        if (!date && !Vocabulary.acceptAnyPhrase(cursor, TIME)) {
            return Optional.empty();
        }
        boolean asked = date || context.asked() || !cursor.since(question).equalsIgnoreCase("time");
        cursor.skipAll(PRESENT);
        if (!cursor.accept("in") && !cursor.accept("at") && !cursor.accept("for")) {
            return asked && ends(cursor)
                    ? Optional.of(List.of(new Finding.Wish(new CurrentTime(UTC, date))))
                    : Optional.empty();
        }
        List<Finding> found = new ArrayList<>();
        for (Optional<Finding> place = place(cursor, date, true);
                place.isPresent();
                place = cursor.attempt(() -> furtherPlace(cursor, date))) {
            found.add(place.get());
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(atAnotherTime(cursor, found).orElse(found));
    }

    private static boolean ends(Cursor cursor) {
        return cursor.atEnd()
                || cursor.peek().endsSentence()
                || Vocabulary.SEPARATORS.contains(cursor.peek().text());
    }

    private static Optional<Finding> furtherPlace(Cursor cursor, boolean date) {
        boolean separated = cursor.accept(",", "and") || cursor.accept(",") || cursor.accept("and");
        return separated ? place(cursor, date, cursor.accept("in")) : Optional.empty();
    }

    private static Optional<Finding> place(Cursor cursor, boolean date, boolean named) {
        Optional<Place> place = Place.read(cursor);
        if (place.isPresent() || !named) {
            return place.map(known -> new Finding.Wish(new CurrentTime(known, date)));
        }
        int start = cursor.index();
        cursor.skipClause();
        return Optional.of(cursor.since(start))
                .filter(words -> !words.isBlank())
                .map(ClockRecogniser::unknown);
    }

    private static Finding unknown(String words) {
        return new Finding.Remark("I do not know the time zone of " + Quote.marked(words)
                + "; a name of the IANA database such as `Asia/Tokyo` would do.");
    }

    /** {@code what time is it in Tokyo when it is 18:00 in Berlin} */
    private static Optional<List<Finding>> atAnotherTime(Cursor cursor, List<Finding> places) {
        return cursor.attempt(() -> {
            if (!cursor.accept("when", "it", "is")
                    && !cursor.accept("if", "it", "is")
                    && !cursor.accept("when", "it's")) {
                return Optional.empty();
            }
            return When.read(cursor)
                    .filter(When::timed)
                    .filter(when -> cursor.accept("in"))
                    .flatMap(when -> Place.read(cursor)
                            .map(from -> places.stream()
                                    .map(found -> found instanceof Finding.Wish(CurrentTime(Place to, boolean _))
                                            ? new Finding.Wish(new ConvertTime(when, from, to))
                                            : found)
                                    .toList()));
        });
    }

    /** {@code [convert] 2026-12-24 18:00 [from] Europe/Berlin [time] to Asia/Tokyo} */
    private static Optional<List<Finding>> conversion(Cursor cursor) {
        if (cursor.accept("convert") || cursor.accept("translate") || cursor.accept("change")) {
            cursor.accept("the", "time");
        }
        return When.read(cursor).filter(When::timed).flatMap(when -> {
            if (!cursor.accept("in")) {
                cursor.accept("from");
            }
            return Place.read(cursor).flatMap(from -> {
                cursor.accept("time");
                if (cursor.accept("is")
                        || cursor.accept("to")
                        || cursor.accept("into")
                        || cursor.accept("in")
                        || cursor.accept("as")) {
                    cursor.accept("what", "time");
                    cursor.accept("in");
                    return targets(cursor, when, from);
                }
                return Optional.empty();
            });
        });
    }

    private static Optional<List<Finding>> targets(Cursor cursor, When when, Place from) {
        List<Finding> found = new ArrayList<>();
        Optional<Place> to = Place.read(cursor);
        while (to.isPresent()) {
            found.add(new Finding.Wish(new ConvertTime(when, from, to.get())));
            cursor.accept("time");
            to = cursor.attempt(() -> {
                boolean separated = cursor.accept(",", "and") || cursor.accept(",") || cursor.accept("and");
                cursor.accept("to");
                return separated ? Place.read(cursor) : Optional.empty();
            });
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
