package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recognises {@code 90 days after D}, {@code in two weeks}, {@code D plus 3 months}, {@code subtract 2 weeks from D}. */
final class ShiftRecogniser implements Recogniser {

    private static final Set<String> BE = Set.of("is", "was", "will", "it", "be", "do", "we", "have");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        Optional<DateShift> found = cursor.attempt(() -> {
            boolean asked = acceptQuestion(cursor);
            return order(cursor, context)
                    .or(() -> fromSpan(cursor, context, asked))
                    .or(() -> fromDate(cursor, context));
        });
        return found.<List<Finding>>map(shift -> List.of(new Finding.Wish(shift)))
                .orElse(List.of());
    }

    private static boolean acceptQuestion(Cursor cursor) {
        boolean question = cursor.accept("what", "is", "the", "date")
                || cursor.accept("what", "date")
                || cursor.accept("which", "date")
                || cursor.accept("what", "day")
                || cursor.accept("which", "day")
                || cursor.accept("what", "time")
                || cursor.accept("when")
                || cursor.accept("what", "weekday")
                || cursor.accept("date");
        if (question) {
            cursor.skipAll(BE);
        }
        return question;
    }

    private static Optional<DateShift> order(Cursor cursor, Context context) {
        return cursor.attempt(() -> {
            boolean later = cursor.accept("add");
            if (!later && !cursor.accept("subtract")) {
                return Optional.empty();
            }
            return Span.read(cursor)
                    .filter(span -> cursor.accept(later ? "to" : "from"))
                    .flatMap(span -> When.read(cursor, context.earlierDate()).map(when -> shift(when, span, later)));
        });
    }

    private static Optional<DateShift> fromSpan(Cursor cursor, Context context, boolean asked) {
        return cursor.attempt(() -> {
            boolean in = cursor.accept("in");
            return Span.read(cursor).flatMap(span -> {
                if (in) {
                    return asked ? Optional.of(shift(present(span), span, true)) : Optional.empty();
                }
                if (cursor.accept("ago")) {
                    return Optional.of(shift(present(span), span, false));
                }
                boolean later = cursor.accept("after")
                        || cursor.accept("from")
                        || cursor.accept("past")
                        || cursor.accept("later", "than");
                if (!later && !cursor.accept("before") && !cursor.accept("prior", "to")) {
                    return Optional.empty();
                }
                return When.read(cursor, context.earlierDate()).map(when -> shift(when, span, later));
            });
        });
    }

    private static Optional<DateShift> fromDate(Cursor cursor, Context context) {
        return cursor.attempt(() -> When.read(cursor, context.earlierDate()).flatMap(when -> {
            boolean later = cursor.accept("plus") || cursor.accept("+");
            if (!later && !cursor.accept("minus") && !cursor.accept("-")) {
                return Optional.empty();
            }
            return Span.read(cursor).map(span -> shift(when, span, later));
        }));
    }

    private static When present(Span span) {
        return new When(span.timed() ? "now" : "today", span.timed());
    }

    private static DateShift shift(When when, Span span, boolean later) {
        When from = when.argument().equals("now") || when.argument().equals("today") ? present(span) : when;
        return new DateShift(from, later ? span.amount() : -span.amount(), span.unit());
    }
}
