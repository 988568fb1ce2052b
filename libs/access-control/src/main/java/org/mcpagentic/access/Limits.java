package org.mcpagentic.access;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much a caller may do. What is absent is not limited.
 *
 * @param requestsPerMinute 1 to 1,000,000; so many in a row too, then evenly spread
 * @param concurrentTasks tasks that are under way at once (queued, running, waiting), 1 to 1,000,000
 * @param concurrentQuestions questions that are answered at once, 1 to 100,000
 * @param tokensPerDay read and written, in a day of UTC, 0 or more
 * @param costMicrosPerDay micro-dollars in a day of UTC, 0 or more
 */
public record Limits(
        OptionalInt requestsPerMinute,
        OptionalInt concurrentTasks,
        OptionalInt concurrentQuestions,
        OptionalLong tokensPerDay,
        OptionalLong costMicrosPerDay) {

    public static final Limits NONE = new Limits(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty());

    public Limits {
        check(requestsPerMinute, 1_000_000);
        check(concurrentTasks, 1_000_000);
        check(concurrentQuestions, 100_000);
        if (tokensPerDay.orElse(0) < 0 || costMicrosPerDay.orElse(0) < 0) {
            throw new IllegalArgumentException("a budget is not negative");
        }
    }

    private static void check(OptionalInt limit, int most) {
        if (limit.isPresent() && (limit.getAsInt() < 1 || limit.getAsInt() > most)) {
            throw new IllegalArgumentException("a limit is 1 to " + most);
        }
    }
}
