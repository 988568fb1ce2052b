package org.mcpagentic.bench.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;

/** Answers at once, or after a fixed time where that is not zero. */
record NoOpModel(Duration after) implements LanguageModel {

    static final String ANSWER = "done";

    @Override
    public String name() {
        return "no-op";
    }

    @Override
    public long contextTokens() {
        return 1_000_000;
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        Multi<ModelEvent> answer = Multi.createFrom()
                .item(new ModelEvent.Answer(name(), ANSWER, new Usage(10, 0, 2, 0, 1), Optional.empty()));
        return after.isZero()
                ? answer
                : answer.onItem()
                        .call(event ->
                                Uni.createFrom().voidItem().onItem().delayIt().by(after));
    }
}
