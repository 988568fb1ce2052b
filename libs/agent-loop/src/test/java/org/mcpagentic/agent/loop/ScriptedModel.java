package org.mcpagentic.agent.loop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Multi;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;

/** A model that says what it was told to, turn by turn, and remembers what it was asked. */
public final class ScriptedModel implements LanguageModel {

    private static final Usage USAGE = new Usage(10, 5, 0);

    private final Deque<Supplier<Multi<ModelEvent>>> turns = new ArrayDeque<>();
    private final List<Prompt> prompts = new ArrayList<>();

    public static ScriptedModel answering(String text) {
        return new ScriptedModel().thenAnswering(text);
    }

    public static ScriptedModel calling(String... tools) {
        return new ScriptedModel().thenCalling(tools);
    }

    public ScriptedModel thenAnswering(String text) {
        return then(() -> Multi.createFrom()
                .items(new ModelEvent.TextDelta(text), new Answer("scripted", text, USAGE, Optional.empty())));
    }

    /** Calls tools with the arguments {@code {"n": index}}. */
    public ScriptedModel thenCalling(String... tools) {
        List<ToolCall> calls = new ArrayList<>();
        for (String tool : tools) {
            calls.add(new ToolCall(
                    "c" + calls.size(),
                    tool,
                    JsonNodeFactory.instance.objectNode().put("n", calls.size())));
        }
        return then(() ->
                Multi.createFrom().item(new ToolCalls("scripted", "", calls, USAGE, Optional.of("{\"thought\":1}"))));
    }

    public ScriptedModel thenFailing(ModelException.Kind kind) {
        return then(() -> Multi.createFrom().failure(new ModelException(kind, "the model said no", Optional.empty())));
    }

    public ScriptedModel then(Supplier<Multi<ModelEvent>> turn) {
        turns.add(turn);
        return this;
    }

    public List<Prompt> prompts() {
        return prompts;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public long contextTokens() {
        return 100_000;
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        prompts.add(prompt);
        return turns.size() == 1 ? turns.getFirst().get() : turns.removeFirst().get();
    }
}
