package org.mcpagentic.models.flow;

import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;

/**
 * A model and those that answer in its place where it cannot, in their order. Once text was shown, nobody else takes the turn
 * over: the reader would see it twice.
 */
public final class FallbackModel implements LanguageModel {

    private static final Logger LOG = Logger.getLogger(FallbackModel.class);

    private final List<LanguageModel> chain;
    private final ModelMetrics metrics;

    /** @param chain the model itself, then its fallbacks; at least one */
    public FallbackModel(List<? extends LanguageModel> chain, ModelMetrics metrics) {
        this.chain = List.copyOf(chain);
        this.metrics = metrics;
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain of models has at least one");
        }
    }

    @Override
    public String name() {
        return chain.getFirst().name();
    }

    @Override
    public long contextTokens() {
        return chain.getFirst().contextTokens();
    }

    @Override
    public Usage most(Prompt prompt) {
        return chain.stream()
                .map(model -> model.most(prompt))
                .reduce((one, other) -> new Usage(
                        Math.max(one.inputTokens(), other.inputTokens()),
                        Math.max(one.outputTokens(), other.outputTokens()),
                        Math.max(one.costMicros(), other.costMicros())))
                .orElseThrow();
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        return from(0, prompt);
    }

    private Multi<ModelEvent> from(int index, Prompt prompt) {
        LanguageModel model = chain.get(index);
        if (index == chain.size() - 1) {
            return model.next(prompt);
        }
        AtomicBoolean shown = new AtomicBoolean();
        return model.next(prompt)
                .onItem()
                .invoke(event -> {
                    if (event instanceof ModelEvent.TextDelta) {
                        shown.set(true);
                    }
                })
                .onFailure(failure -> !shown.get() && isOfTheModel(failure))
                .recoverWithMulti(failure -> instead(index, (ModelException) failure, prompt));
    }

    private Multi<ModelEvent> instead(int index, ModelException failure, Prompt prompt) {
        String from = chain.get(index).name();
        String to = chain.get(index + 1).name();
        LOG.warnf(
                "model falls back from=%s to=%s reason=%s",
                from, to, failure.kind().code());
        metrics.fellBack(from, to);
        return from(index + 1, prompt)
                .onItem()
                .transform(event -> event.afterSpending(failure.usage()))
                .onFailure(ModelException.class)
                .transform(next -> hopeful(failure, (ModelException) next)
                        .after(failure.usage().plus(((ModelException) next).usage())));
    }

    /** Of two failures the one that another try may mend, and sooner; the first, where none does. */
    private static ModelException hopeful(ModelException first, ModelException next) {
        if (!passes(first)) {
            return passes(next) || isMendable(next) ? next : first;
        }
        if (!passes(next) || first.retryAfter().isEmpty()) {
            return first;
        }
        return next.retryAfter()
                        .filter(after -> after.compareTo(first.retryAfter().get()) < 0)
                        .isPresent()
                ? next
                : first;
    }

    private static boolean passes(ModelException failure) {
        return switch (failure.kind()) {
            case TRANSIENT, RESTING, RATE_LIMITED -> true;
            case QUOTA_EXHAUSTED, KEY_REFUSED, TOO_LONG, BLOCKED, PERMANENT, UNUSABLE -> false;
        };
    }

    /** Whether the next turn may go better with another prompt, or with luck. */
    private static boolean isMendable(ModelException failure) {
        return failure.kind() == Kind.TOO_LONG || failure.kind() == Kind.UNUSABLE;
    }

    /** Whether another model may do better with the same prompt. */
    private static boolean isOfTheModel(Throwable failure) {
        return failure instanceof ModelException known
                && switch (known.kind()) {
                    case TRANSIENT, RESTING, RATE_LIMITED, QUOTA_EXHAUSTED, KEY_REFUSED, PERMANENT, UNUSABLE -> true;
                    case TOO_LONG, BLOCKED -> false;
                };
    }
}
