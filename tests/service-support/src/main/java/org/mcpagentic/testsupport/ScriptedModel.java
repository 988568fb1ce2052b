package org.mcpagentic.testsupport;

import io.quarkus.test.Mock;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.model.offline.OfflineModel;

/** The offline model, but for inputs that a test has a script for. */
@Mock
@Singleton
public class ScriptedModel implements LanguageModel, Models {

    private final LanguageModel offline = new OfflineModel();
    private final Map<String, IntFunction<Multi<ModelEvent>>> scripts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    /** Plays a script for an input; the function is told how often it was asked before. */
    public void play(String input, IntFunction<Multi<ModelEvent>> script) {
        asked.put(input, new AtomicInteger());
        scripts.put(input, script);
    }

    /** Never answers an input. */
    public Silence silentFor(String input) {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        play(
                input,
                before -> Multi.createFrom()
                        .<ModelEvent>nothing()
                        .onSubscription()
                        .invoke(() -> asked.complete(true))
                        .onCancellation()
                        .invoke(() -> cancelled.complete(true)));
        return new Silence(asked, cancelled);
    }

    /**
     * A call that gets no answer.
     *
     * @param asked completes when the model was asked
     * @param cancelled completes when its call was aborted
     */
    public record Silence(CompletableFuture<Boolean> asked, CompletableFuture<Boolean> cancelled) {}

    /** The end of a script. */
    public static ModelEvent answer(String text) {
        return new Answer(OfflineModel.NAME, text, new Usage(7, 3, 21), Optional.empty());
    }

    @Override
    public String name() {
        return offline.name();
    }

    @Override
    public LanguageModel chosen() {
        return this;
    }

    @Override
    public Optional<LanguageModel> named(String name) {
        return name.equals(name()) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public long contextTokens() {
        return offline.contextTokens();
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        String input = firstText(prompt.messages());
        IntFunction<Multi<ModelEvent>> script = scripts.get(input);
        return script == null
                ? offline.next(prompt)
                : script.apply(asked.getOrDefault(input, new AtomicInteger()).getAndIncrement());
    }

    private static String firstText(List<Message> messages) {
        return messages.getFirst() instanceof Message.UserMessage(String text) ? text : "";
    }
}
