package org.mcpagentic.store;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How much may be used in a day of UTC, by all that counts on the same name. Every use is reserved before and settled after.
 *
 * @param name what is counted, such as {@code tokens:k0-abc}; 1 to 200 characters without blanks
 * @param limit 0 or more of the unit
 */
public record DailyBudget(String name, Unit unit, long limit) {

    /** What is counted. */
    public enum Unit {
        /** Tokens, read and written. */
        TOKENS,
        /** Micro-dollars: 1/1,000,000 USD. */
        COST
    }

    public DailyBudget {
        if (limit < 0) {
            throw new IllegalArgumentException("a budget is not negative");
        }
    }

    /** What a model's turn reserves of budgets at an instant, where it may use so many tokens and micro-dollars. */
    public static List<Guard> reserving(List<DailyBudget> budgets, Instant now, long tokens, long costMicros) {
        return budgets.stream()
                .<Guard>map(budget -> budget.on(
                        now,
                        switch (budget.unit()) {
                            case TOKENS -> tokens;
                            case COST -> costMicros;
                        }))
                .toList();
    }

    /** What is to be reserved at an instant. The name has the day, so that what is settled after midnight counts for the day before. */
    public Guard.Budget on(Instant now, long cost) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        ZonedDateTime midnight = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        return new Guard.Budget(name + ":" + time.toLocalDate(), cost, limit, Duration.between(time, midnight));
    }
}
