package org.mcpagentic.store.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Progress;

/** Writes a script's ARGV in the order in which the script reads it. */
public final class Arguments {

    private final List<String> values = new ArrayList<>();

    public static Arguments of(String... values) {
        Arguments arguments = new Arguments();
        arguments.values.addAll(Arrays.asList(values));
        return arguments;
    }

    public Arguments and(long number) {
        values.add(Long.toString(number));
        return this;
    }

    public Arguments and(String text) {
        values.add(text);
        return this;
    }

    public Arguments guards(List<Guard> guards) {
        and(guards.size());
        for (Guard guard : guards) {
            and(guard.kind().name().toLowerCase(Locale.ROOT)).and(guard.name());
            switch (guard) {
                case Guard.Rate rate ->
                    and(Replies.micros(rate.interval())).and(rate.burst()).and(0);
                case Guard.Slots slots ->
                    and(slots.limit()).and(Replies.micros(slots.longest())).and(0);
                case Guard.Budget budget ->
                    and(budget.cost()).and(budget.limit()).and(Replies.micros(budget.window()));
            }
        }
        return this;
    }

    Arguments settlements(List<Progress.Settlement> settlements) {
        and(settlements.size());
        for (Progress.Settlement settlement : settlements) {
            and(settlement.name()).and(settlement.delta());
        }
        return this;
    }

    /** @param claim of the task whose steps they are */
    Arguments batch(Progress progress, Claim claim, TaskCodec codec) {
        and(progress.number())
                .and(progress.used().inputTokens())
                .and(progress.used().outputTokens())
                .and(progress.used().costMicros())
                .and(progress.used().modelCalls())
                .and(progress.used().toolCalls());
        entries(progress.outcomes(), entry -> codec.outcome(claim.tenant(), entry));
        entries(progress.intents(), entry -> codec.intent(claim.tenant(), entry));
        return this;
    }

    public List<String> list() {
        return values;
    }

    private void entries(List<Progress.StepEntry> entries, Function<Progress.StepEntry, String> sealed) {
        and(entries.size());
        for (Progress.StepEntry entry : entries) {
            and(entry.step()).and(sealed.apply(entry)).and(entry.tool()).and(entry.effects() ? 1 : 0);
        }
    }
}
