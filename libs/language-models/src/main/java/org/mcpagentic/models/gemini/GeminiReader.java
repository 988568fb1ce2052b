package org.mcpagentic.models.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.models.wire.AnswerReader;
import org.mcpagentic.models.wire.CallIds;
import org.mcpagentic.models.wire.Failures;
import org.mcpagentic.models.wire.Refusal;
import org.mcpagentic.models.wire.ToolNames;
import org.mcpagentic.models.wire.TurnInProgress;
import org.mcpagentic.models.wire.WireJson;

/**
 * Reads a GenerateContentResponse, or a stream of them.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse">Gemini API, response</a>
 */
final class GeminiReader implements AnswerReader<ModelEvent> {

    /** What is kept of an answer's signatures; they are recommended, not required, where no call depends on them. */
    private static final int MOST_ANSWER_STATE = 64 << 10;

    private static final Set<String> BLOCKED =
            Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII");
    private static final Pattern REASON = Pattern.compile("[A-Z_]{1,40}");

    private final GeminiSettings settings;
    private final ToolNames names;
    private final CallIds ids;
    private final Failures failures;
    private final GeminiErrors errors;
    private final TurnInProgress turn;
    private final GeminiParts parts = new GeminiParts();

    private Usage usage = Usage.NONE;
    private Optional<String> finish = Optional.empty();
    private boolean heard;
    private boolean answered;

    GeminiReader(GeminiSettings settings, ToolNames names, CallIds ids) {
        this.settings = settings;
        this.names = names;
        this.ids = ids;
        this.failures = new Failures(settings.name());
        this.errors = new GeminiErrors(settings);
        this.turn = new TurnInProgress(failures);
    }

    @Override
    public boolean read(String payload, Consumer<? super ModelEvent> out) {
        if (payload.isBlank()) {
            return false;
        }
        ObjectNode response =
                WireJson.object(payload).orElseThrow(() -> failures.unusable("sent something that is no JSON object"));
        heard = true;
        if (response.path("error").isObject()) {
            throw errors.inAnswer(response.path("error"));
        }
        WireJson.text(response.path("promptFeedback"), "blockReason").ifPresent(reason -> {
            throw failures.of(Kind.BLOCKED, "refused the prompt: " + shown(reason));
        });
        if (response.path("usageMetadata").isObject()) {
            usage = usage(response.path("usageMetadata"));
        }
        JsonNode candidate = response.path("candidates").path(0);
        if (candidate.isObject()) {
            answered = true;
            int before = turn.length();
            for (JsonNode part : candidate.path("content").path("parts")) {
                if (!(part instanceof ObjectNode known)) {
                    throw failures.unusable("sent a part that is no JSON object");
                }
                take(known, out);
            }
            finish = WireJson.text(candidate, "finishReason").or(() -> finish);
            if (finish.isEmpty() && turn.length() == before) {
                out.accept(new ModelEvent.Thinking());
            }
        }
        return false;
    }

    private void take(ObjectNode part, Consumer<? super ModelEvent> out) {
        if (part.path("functionCall") instanceof ObjectNode call) {
            turn.call(read(call));
        } else if (!part.path("thought").asBoolean() && part.path("text").isTextual()) {
            turn.text(part.path("text").asText(), out);
        }
        parts.add(part);
    }

    /** Reads a call, and puts right what could not be sent back. */
    private ToolCall read(ObjectNode wanted) {
        String id = ids.take(WireJson.text(wanted, "id"));
        String name = WireJson.text(wanted, "name").orElse("");
        JsonNode arguments = wanted.path("args");
        ToolCall call = arguments.isMissingNode() || arguments.isNull()
                ? names.call(id, name, JsonNodeFactory.instance.objectNode())
                : arguments instanceof ObjectNode object
                        ? names.call(id, name, object)
                        : names.flawed(id, name, "the arguments were no JSON object");
        if (call.flaw().isPresent()) {
            wanted.put("name", names.theirs(call.toolName())).set("args", call.arguments());
        }
        return call;
    }

    @Override
    public void end(Consumer<? super ModelEvent> out) {
        try {
            finish(out);
        } catch (ModelException failure) {
            throw failure.after(usage);
        }
    }

    private void finish(Consumer<? super ModelEvent> out) {
        if (!heard || (answered && finish.isEmpty())) {
            throw failures.cut();
        }
        String reason = finish.orElseThrow(() -> failures.unusable("returned nothing"));
        boolean outOfRoom = reason.equals("MAX_TOKENS");
        if (BLOCKED.contains(reason) || reason.startsWith("IMAGE_")) {
            throw failures.of(Kind.BLOCKED, "withheld its answer: " + shown(reason));
        }
        if (!outOfRoom && !reason.equals("STOP")) {
            throw failures.unusable("gave up: " + shown(reason));
        }
        out.accept(turn.end(settings.name(), outOfRoom, usage, state(), out));
    }

    private Optional<String> state() {
        if (turn.isCut() || !(turn.callsAnything() || parts.signed())) {
            return Optional.empty();
        }
        String state = GeminiState.of(settings.id(), parts.all());
        return turn.callsAnything() || state.length() <= MOST_ANSWER_STATE ? Optional.of(state) : Optional.empty();
    }

    @Override
    public ModelException refused(Refusal refusal) {
        return errors.of(refusal);
    }

    private static Usage usage(JsonNode metadata) {
        long input =
                WireJson.tokens(metadata, "promptTokenCount") + WireJson.tokens(metadata, "toolUsePromptTokenCount");
        long thoughts = WireJson.tokens(metadata, "thoughtsTokenCount");
        return new Usage(
                input,
                Math.min(input, WireJson.tokens(metadata, "cachedContentTokenCount")),
                WireJson.tokens(metadata, "candidatesTokenCount") + thoughts,
                thoughts,
                0);
    }

    private static String shown(String reason) {
        return REASON.matcher(reason).matches() ? reason : "a reason that is not known";
    }
}
