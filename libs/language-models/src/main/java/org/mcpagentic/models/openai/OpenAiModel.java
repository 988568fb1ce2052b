package org.mcpagentic.models.openai;

import io.smallrye.mutiny.Multi;
import java.util.Map;
import java.util.regex.Pattern;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.PromptSize;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.models.wire.CallIds;
import org.mcpagentic.models.wire.NameRule;
import org.mcpagentic.models.wire.ToolNames;
import org.mcpagentic.models.wire.WireClient;
import org.mcpagentic.models.wire.WireRequest;

/**
 * A model of any server that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, llama.cpp. Usage comes without its
 * cost, and is nothing where the server does not say.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI, chat completions</a>
 */
public final class OpenAiModel implements LanguageModel {

    static final NameRule NAMES =
            new NameRule(Pattern.compile("[a-zA-Z0-9_-]{1,64}"), Pattern.compile("[^a-zA-Z0-9_-]"), 64);

    private final WireClient wire;
    private final OpenAiSettings settings;

    public OpenAiModel(WireClient wire, OpenAiSettings settings) {
        this.wire = wire;
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public long contextTokens() {
        return settings.contextTokens();
    }

    @Override
    public Usage most(Prompt prompt) {
        long output = settings.maxOutputTokens().isPresent()
                ? settings.maxOutputTokens().getAsInt()
                : USUAL_OUTPUT_TOKENS;
        return new Usage(PromptSize.most(prompt), output, 0);
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        return Multi.createFrom().deferred(() -> {
            ToolNames names = ToolNames.of(prompt, NAMES);
            WireRequest request = WireRequest.of(
                    settings.name(),
                    settings.address(),
                    settings.key()
                            .map(key -> Map.of("Authorization", "Bearer " + key))
                            .orElse(Map.of()),
                    new OpenAiRequests(settings, names).body(prompt));
            return wire.post(request, () -> new OpenAiReader(settings, names, CallIds.after(prompt)));
        });
    }
}
