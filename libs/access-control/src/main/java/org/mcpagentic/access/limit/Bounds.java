package org.mcpagentic.access.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.mcpagentic.access.Limits;
import org.mcpagentic.store.DailyBudget;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.OwnerId;

/** A caller's limits as guards of the store. All credentials of one owner share them. */
public record Bounds(OwnerId owner, Limits limits) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Longer than any task may take; where one is lost all the same, its place is free again. */
    private static final Duration LONGEST_TASK = Duration.ofDays(30);

    /** The same for a request whose rate is charged already. */
    public Bounds charged() {
        return new Bounds(
                owner,
                new Limits(
                        OptionalInt.empty(),
                        limits.concurrentTasks(),
                        limits.concurrentQuestions(),
                        limits.tokensPerDay(),
                        limits.costMicrosPerDay()));
    }

    /** How often it may ask. */
    public Optional<Guard.Rate> rate() {
        return limits.requestsPerMinute().stream()
                .mapToObj(most -> new Guard.Rate("rate:" + owner, MINUTE.dividedBy(most), most))
                .findFirst();
    }

    /** How many tasks may be under way. */
    public Optional<Guard.Slots> tasks() {
        return limits.concurrentTasks().stream()
                .mapToObj(most -> new Guard.Slots("tasks:" + owner, most, LONGEST_TASK))
                .findFirst();
    }

    /**
     * How many questions may be under way.
     *
     * @param longest after which a question that its service lost counts no more
     */
    public Optional<Guard.Slots> questions(Duration longest) {
        return limits.concurrentQuestions().stream()
                .mapToObj(most -> new Guard.Slots("questions:" + owner, most, longest))
                .findFirst();
    }

    /** What models' turns count on. */
    public List<DailyBudget> budgets() {
        List<DailyBudget> budgets = new ArrayList<>();
        limits.tokensPerDay()
                .ifPresent(most -> budgets.add(new DailyBudget("tokens:" + owner, DailyBudget.Unit.TOKENS, most)));
        limits.costMicrosPerDay()
                .ifPresent(most -> budgets.add(new DailyBudget("cost:" + owner, DailyBudget.Unit.COST, most)));
        return budgets;
    }

    /** The bounds of a creation: its rate, and its place among those under way where it is queued at once. */
    public List<Guard> forCreation(boolean enqueued) {
        return Stream.<Optional<? extends Guard>>of(rate(), enqueued ? tasks() : Optional.empty())
                .flatMap(Optional::stream)
                .<Guard>map(guard -> guard)
                .toList();
    }
}
