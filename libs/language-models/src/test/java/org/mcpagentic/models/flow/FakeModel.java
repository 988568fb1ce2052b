package org.mcpagentic.models.flow;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;

/** A model that does what the test says, call by call. */
final class FakeModel implements LanguageModel {

    static final Prompt PROMPT = new Prompt("", List.of(new Message.UserMessage("hello")), List.of());

    private final String name;
    private final IntFunction<Multi<ModelEvent>> behaviour;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param behaviour is told how often the model was called before */
    FakeModel(String name, IntFunction<Multi<ModelEvent>> behaviour) {
        this.name = name;
        this.behaviour = behaviour;
    }

    static FakeModel answering(String name) {
        return new FakeModel(name, before -> answer(name));
    }

    static FakeModel failing(String name, Kind kind) {
        return new FakeModel(name, before -> failure(kind));
    }

    static Multi<ModelEvent> answer(String model) {
        return Multi.createFrom()
                .items(
                        new ModelEvent.TextDelta("hi"),
                        new ModelEvent.Answer(model, "hi", new Usage(1000, 100, 0), Optional.empty()));
    }

    static Multi<ModelEvent> failure(Kind kind) {
        return Multi.createFrom().failure(new ModelException(kind, "no", Optional.empty()));
    }

    static Multi<ModelEvent> limited(Duration after) {
        return Multi.createFrom().failure(new ModelException(Kind.RATE_LIMITED, "not now", Optional.of(after)));
    }

    int calls() {
        return calls.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long contextTokens() {
        return 1_000;
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        return behaviour.apply(calls.getAndIncrement());
    }
}
