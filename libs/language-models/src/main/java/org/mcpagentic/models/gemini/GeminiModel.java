package org.mcpagentic.models.gemini;

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
 * A model of Google's Gemini API. Usage comes without its cost.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API, generating content</a>
 */
public final class GeminiModel implements LanguageModel {

    /** As its function declarations take them; a name begins with a letter or an underscore. */
    static final NameRule NAMES =
            new NameRule(Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}"), Pattern.compile("[^a-zA-Z0-9_.:-]"), 64);

    private final WireClient wire;
    private final GeminiSettings settings;

    public GeminiModel(WireClient wire, GeminiSettings settings) {
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
                    // why not ?key=: addresses end up in logs
                    Map.of("x-goog-api-key", settings.key()),
                    new GeminiRequests(settings, names).body(prompt));
            return wire.post(request, () -> new GeminiReader(settings, names, CallIds.after(prompt)));
        });
    }
}
