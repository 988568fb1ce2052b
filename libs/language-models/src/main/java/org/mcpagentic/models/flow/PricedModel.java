package org.mcpagentic.models.flow;

import io.smallrye.mutiny.Multi;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;

/** A model whose turns say what they cost. */
public final class PricedModel implements LanguageModel {

    private final LanguageModel model;
    private final Prices prices;

    public PricedModel(LanguageModel model, Prices prices) {
        this.model = model;
        this.prices = prices;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public long contextTokens() {
        return model.contextTokens();
    }

    @Override
    public Usage most(Prompt prompt) {
        return priced(model.most(prompt));
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        return model.next(prompt)
                .onItem()
                .transform(event -> priced(event))
                .onFailure(ModelException.class)
                .transform(failure -> priced((ModelException) failure));
    }

    private ModelException priced(ModelException failure) {
        return failure.usage().equals(Usage.NONE) ? failure : failure.after(priced(failure.usage()));
    }

    private ModelEvent priced(ModelEvent event) {
        return switch (event) {
            case ModelEvent.TextDelta text -> text;
            case ModelEvent.Thinking thinking -> thinking;
            case ModelEvent.Answer answer ->
                new ModelEvent.Answer(answer.model(), answer.text(), priced(answer.usage()), answer.providerState());
            case ModelEvent.ToolCalls calls ->
                new ModelEvent.ToolCalls(
                        calls.model(), calls.text(), calls.calls(), priced(calls.usage()), calls.providerState());
        };
    }

    private Usage priced(Usage usage) {
        return usage.withCost(prices.of(usage));
    }
}
