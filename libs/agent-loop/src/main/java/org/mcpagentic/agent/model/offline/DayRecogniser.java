package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.DescribeDay.Aspect;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Recognises {@code what weekday is D}, {@code week number of D}, {@code is 2028 a leap year}. */
final class DayRecogniser implements Recogniser {

    private static final Set<String> QUESTION = Set.of("what", "which", "on", "the");
    private static final Set<String> LINKS = Set.of(
            "is", "was", "will", "be", "of", "does", "did", "it", "for", "in", "number", "falls", "fall", "the",
            "date");
    private static final Set<String> TRAILING = Set.of("fall", "falls", "be", "in", "on");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        Optional<DescribeDay> found = cursor.attempt(() -> leapYear(cursor))
                .or(() -> cursor.attempt(() -> {
                    cursor.skipAll(QUESTION);
                    return aspect(cursor).flatMap(aspect -> {
                        cursor.skipAll(LINKS);
                        return When.read(cursor, context.earlierDate()).map(when -> new DescribeDay(when, aspect));
                    });
                }))
                .or(() -> cursor.attempt(() -> dateFirst(cursor)));
        found.ifPresent(day -> cursor.skipAll(TRAILING));
        return found.<List<Finding>>map(day -> List.of(new Finding.Wish(day))).orElse(List.of());
    }

    private static Optional<DescribeDay> dateFirst(Cursor cursor) {
        return When.read(cursor).flatMap(when -> {
            cursor.skipAll(LINKS);
            boolean question = cursor.accept("on");
            question |= cursor.accept("what") || cursor.accept("which");
            return question ? aspect(cursor).map(aspect -> new DescribeDay(when, aspect)) : Optional.empty();
        });
    }

    private static Optional<Aspect> aspect(Cursor cursor) {
        if (cursor.accept("day", "of", "the", "year")) {
            return Optional.of(Aspect.DAY_OF_YEAR);
        }
        if (cursor.accept("weekday")
                || cursor.accept("day", "of", "the", "week")
                || cursor.accept("day", "of", "week")
                || cursor.accept("day")) {
            return Optional.of(Aspect.WEEKDAY);
        }
        return cursor.accept("week") || cursor.accept("calendar", "week") || cursor.accept("iso", "week")
                ? Optional.of(Aspect.WEEK)
                : Optional.empty();
    }

    private static Optional<DescribeDay> leapYear(Cursor cursor) {
        if (!cursor.accept("is") && !cursor.accept("was") && !cursor.accept("will")) {
            return Optional.empty();
        }
        return cursor.accept(Kind.NUMBER)
                .map(Token::text)
                .filter(year -> year.length() == 4 && year.chars().allMatch(Character::isDigit))
                .filter(year -> {
                    cursor.accept("be");
                    return cursor.accept("a", "leap", "year");
                })
                .map(year -> new DescribeDay(new When(year + "-01-01", false), Aspect.LEAP_YEAR));
    }
}
