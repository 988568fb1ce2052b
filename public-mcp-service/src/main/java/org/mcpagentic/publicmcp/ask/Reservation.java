package org.mcpagentic.publicmcp.ask;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.limit.Bounds;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.DailyBudget;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Progress.Settlement;

/**
 * What a question takes of its caller's limits: its rate, its place among those under way, and of the day's budgets the most that its
 * answer may use.
 *
 * @param prompt bounded by what was reserved for it
 * @param most what was reserved for
 */
record Reservation(
        List<DailyBudget> budgets, List<Guard.Budget> reserved, List<Guard> guards, Prompt prompt, Usage most) {

    Reservation {
        budgets = List.copyOf(budgets);
        reserved = List.copyOf(reserved);
        guards = List.copyOf(guards);
    }

    /**
     * @param bounds of who asks
     * @param model the one that is asked; nothing where there is none, and nothing will be used
     * @param longest after which a question that its service lost counts no more
     */
    static Reservation of(Bounds bounds, Optional<LanguageModel> model, Prompt prompt, Instant now, Duration longest) {
        List<DailyBudget> budgets = model.isPresent() ? bounds.budgets() : List.of();
        Usage most = model.map(known -> known.most(prompt)).orElse(Usage.NONE);
        List<Guard.Budget> reserved = budgets.stream()
                .map(budget -> reserved(budget, now, of(most, budget.unit())))
                .toList();
        List<Guard> guards = new ArrayList<>();
        bounds.rate().ifPresent(guards::add);
        bounds.questions(longest).ifPresent(guards::add);
        guards.addAll(reserved);
        return new Reservation(
                budgets, reserved, guards, budgets.isEmpty() ? prompt : prompt.within(most.outputTokens()), most);
    }

    private static Guard.Budget reserved(DailyBudget budget, Instant now, long most) {
        if (most > budget.limit()) {
            throw new ProblemException(
                    ProblemCode.BUDGET_EXHAUSTED,
                    "one answer may use more than the caller's budget of a day",
                    Duration.between(now, now.plus(budget.on(now, 0).window())));
        }
        return budget.on(now, most);
    }

    /** What corrects it by what was used. */
    List<Settlement> settledBy(Usage used) {
        List<Settlement> settlements = new ArrayList<>();
        for (int i = 0; i < reserved.size(); i++) {
            settlements.add(new Settlement(
                    reserved.get(i).name(),
                    of(used, budgets.get(i).unit()) - reserved.get(i).cost()));
        }
        return settlements;
    }

    private static long of(Usage usage, DailyBudget.Unit unit) {
        return switch (unit) {
            case TOKENS -> usage.inputTokens() + usage.outputTokens();
            case COST -> usage.costMicros();
        };
    }
}
