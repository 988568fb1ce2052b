package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/**
 * A date or a time, as the tool for dates reads it.
 *
 * @param argument such as {@code 2027-03-01}, {@code today 18:00} or {@code --12-25}; {@value #EARLIER} for the date of an earlier result
 * @param timed whether a time was said
 */
record When(String argument, boolean timed) {

    static final String EARLIER = "that day";

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final Set<String> WEEKDAYS =
            Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final Map<String, String> HOLIDAYS = Map.of(
            "christmas",
            "--12-25",
            "christmas eve",
            "--12-24",
            "christmas day",
            "--12-25",
            "new year's eve",
            "--12-31",
            "new year's day",
            "--01-01",
            "new year",
            "--01-01",
            "new year's",
            "--01-01",
            "halloween",
            "--10-31",
            "valentine's day",
            "--02-14");
    private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th");
    private static final String TODAY = "today";

    boolean continues() {
        return argument.equals(EARLIER);
    }

    /** For a tool, with the day of an earlier result put in where it is meant. */
    String resolved(Optional<Value> earlier) {
        return continues() && earlier.orElse(null) instanceof Value.Day(String iso) ? iso : argument;
    }

    static Optional<When> read(Cursor cursor) {
        return read(cursor, false);
    }

    /** @param earlier whether there is an earlier date, which {@code that day} may stand for */
    static Optional<When> read(Cursor cursor, boolean earlier) {
        return cursor.attempt(() -> {
            cursor.accept("on");
            Optional<String> time = time(cursor);
            if (time.isPresent()) {
                Optional<String> day = cursor.attempt(() -> {
                    cursor.accept("on");
                    return day(cursor);
                });
                return Optional.of(
                        new When(day.map(date -> date + " " + time.get()).orElse(time.get()), true));
            }
            if (earlier && isReference(cursor)) {
                return Optional.of(new When(EARLIER, false));
            }
            return day(cursor).map(date -> withTime(cursor, date));
        });
    }

    private static boolean isReference(Cursor cursor) {
        return cursor.accept("that", "day")
                || cursor.accept("that", "date")
                || cursor.accept("this", "date")
                || cursor.accept("that")
                || cursor.accept("then")
                || cursor.accept("it");
    }

    private static When withTime(Cursor cursor, String date) {
        if (date.equals("now") || date.indexOf('T') > 0 || date.indexOf('t') == "2027-03-01".length()) {
            return new When(date, true);
        }
        Optional<String> time = cursor.attempt(() -> {
            cursor.accept("at");
            return time(cursor);
        });
        return time.map(found -> new When(date + " " + found, true)).orElse(new When(date, false));
    }

    private static Optional<String> day(Cursor cursor) {
        Optional<Token> date = cursor.accept(Kind.DATE);
        if (date.isPresent()) {
            return date.map(Token::text);
        }
        if (cursor.peek().kind() == Kind.WORD
                && Set.of(TODAY, "tomorrow", "yesterday", "now")
                        .contains(cursor.peek().text())) {
            return Optional.of(cursor.take().text());
        }
        return cursor.attempt(() -> holiday(cursor))
                .or(() -> cursor.attempt(() -> weekday(cursor)))
                .or(() -> cursor.attempt(() -> monthFirst(cursor)))
                .or(() -> cursor.attempt(() -> dayFirst(cursor)));
    }

    private static Optional<String> holiday(Cursor cursor) {
        cursor.accept("next");
        cursor.accept("the");
        String one = cursor.peek().text();
        String two = one + " " + cursor.peek(1).text();
        String three = two + " " + cursor.peek(2).text();
        for (String name : List.of(three, two, one)) {
            String date = HOLIDAYS.get(name);
            if (date != null && cursor.peek().kind() == Kind.WORD) {
                cursor.accept(name.split(" ", -1));
                return Optional.of(date);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> weekday(Cursor cursor) {
        if (!cursor.accept("next")) {
            cursor.accept("this");
        }
        return cursor.accept(Kind.WORD).map(Token::text).filter(WEEKDAYS::contains);
    }

    private static Optional<String> monthFirst(Cursor cursor) {
        return month(cursor).flatMap(month -> dayOfMonth(cursor).map(day -> date(cursor, month, day)));
    }

    private static Optional<String> dayFirst(Cursor cursor) {
        cursor.accept("the");
        return dayOfMonth(cursor).flatMap(day -> {
            cursor.accept("of");
            return month(cursor).map(month -> date(cursor, month, day));
        });
    }

    private static Optional<Integer> month(Cursor cursor) {
        return cursor.accept(Kind.WORD).map(Token::text).flatMap(name -> {
            String wanted = name.equals("sept") ? "september" : name;
            for (int i = 0; i < MONTHS.size(); i++) {
                if (MONTHS.get(i).equals(wanted)
                        || (wanted.length() == 3 && MONTHS.get(i).startsWith(wanted))) {
                    cursor.attempt(() -> cursor.peek().is(".") && cursor.peek(1).kind() == Kind.NUMBER
                            ? Optional.of(cursor.take())
                            : Optional.empty());
                    return Optional.of(i + 1);
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Integer> dayOfMonth(Cursor cursor) {
        Optional<Integer> day = cursor.accept(Kind.NUMBER)
                .map(Token::text)
                .filter(digits -> digits.length() <= 2 && digits.chars().allMatch(Character::isDigit))
                .map(Integer::valueOf);
        cursor.acceptAny(ORDINALS);
        return day;
    }

    /** With the year if one follows, else the day's next occurrence. */
    private static String date(Cursor cursor, int month, int day) {
        String monthDay = String.format(Locale.ROOT, "%02d-%02d", month, day);
        Optional<String> year = cursor.attempt(() -> {
            cursor.accept(",");
            return cursor.accept(Kind.NUMBER)
                    .map(Token::text)
                    .filter(digits -> digits.length() == 4 && digits.chars().allMatch(Character::isDigit));
        });
        return year.map(y -> y + "-" + monthDay).orElse("--" + monthDay);
    }

    /** {@code 18:00}, {@code 6:30 pm}, {@code 3pm}, {@code noon} */
    static Optional<String> time(Cursor cursor) {
        return cursor.attempt(() -> {
            if (cursor.accept("noon") || cursor.accept("midday")) {
                return Optional.of("12:00");
            }
            if (cursor.accept("midnight")) {
                return Optional.of("00:00");
            }
            Optional<Token> clock = cursor.accept(Kind.TIME);
            String written =
                    clock.or(() -> cursor.accept(Kind.NUMBER)).map(Token::text).orElse("");
            boolean morning = acceptHalf(cursor, "a");
            boolean afternoon = !morning && acceptHalf(cursor, "p");
            if (!morning && !afternoon) {
                return clock.map(Token::text);
            }
            String full = clock.isPresent() ? written : written + ":00";
            int colon = full.indexOf(':');
            if (colon < 1 || colon > 2 || !full.substring(0, colon).chars().allMatch(Character::isDigit)) {
                return Optional.empty();
            }
            int hour = Integer.parseInt(full.substring(0, colon));
            return hour < 1 || hour > 12
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "%02d%s",
                            hour % 12 + (afternoon ? 12 : 0),
                            full.substring(colon).toLowerCase(Locale.ROOT)));
        });
    }

    private static boolean acceptHalf(Cursor cursor, String half) {
        return cursor.accept(half + "m") || cursor.accept(half, ".", "m", ".");
    }
}
