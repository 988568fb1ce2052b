package org.mcpagentic.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.models.openai.StreamedCalls.Fragments;
import org.mcpagentic.models.wire.AnswerReader;
import org.mcpagentic.models.wire.CallIds;
import org.mcpagentic.models.wire.Failures;
import org.mcpagentic.models.wire.ProviderMessage;
import org.mcpagentic.models.wire.Refusal;
import org.mcpagentic.models.wire.ToolNames;
import org.mcpagentic.models.wire.TurnInProgress;
import org.mcpagentic.models.wire.WireJson;

/**
 * Reads a chat completion, or the chunks of one.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat-streaming">OpenAI, chat completion chunks</a>
 */
final class OpenAiReader implements AnswerReader<ModelEvent> {

    private static final String DONE = "[DONE]";
    private static final Pattern REASON = Pattern.compile("[a-z_]{1,40}");

    /** What a model is shown of arguments that it got wrong. */
    private static final int SHOWN_CHARS = 200;

    private final OpenAiSettings settings;
    private final ToolNames names;
    private final CallIds ids;
    private final Failures failures;
    private final OpenAiErrors errors;
    private final TurnInProgress turn;
    private final StreamedCalls calls;

    private Usage usage = Usage.NONE;
    private Optional<String> finish = Optional.empty();
    private boolean heard;
    private boolean answered;
    private boolean refused;

    OpenAiReader(OpenAiSettings settings, ToolNames names, CallIds ids) {
        this.settings = settings;
        this.names = names;
        this.ids = ids;
        this.failures = new Failures(settings.name());
        this.errors = new OpenAiErrors(settings);
        this.turn = new TurnInProgress(failures);
        this.calls = new StreamedCalls(failures);
    }

    @Override
    public boolean read(String payload, Consumer<? super ModelEvent> out) {
        if (payload.isBlank()) {
            return false;
        }
        if (payload.strip().equals(DONE)) {
            return true;
        }
        ObjectNode response =
                WireJson.object(payload).orElseThrow(() -> failures.unusable("sent something that is no JSON object"));
        heard = true;
        if (response.hasNonNull("error")) {
            throw errors.inAnswer(response.path("error"));
        }
        if (response.path("usage").isObject()) {
            usage = usage(response.path("usage"));
        }
        JsonNode choice = response.path("choices").path(0);
        if (choice.isObject()) {
            answered = true;
            int before = turn.length();
            take(choice.path(choice.path("delta").isObject() ? "delta" : "message"), out);
            finish = WireJson.text(choice, "finish_reason").or(() -> finish);
            if (finish.isEmpty() && turn.length() == before) {
                out.accept(new ModelEvent.Thinking());
            }
        }
        return false;
    }

    private void take(JsonNode message, Consumer<? super ModelEvent> out) {
        WireJson.text(message, "content").ifPresent(text -> turn.text(text, out));
        refused |= WireJson.text(message, "refusal").isPresent();
        message.path("tool_calls").forEach(calls::take);
        if (message.path("function_call").isObject()) {
            calls.takeOnly(message.path("function_call"));
        }
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
        boolean outOfRoom = switch (reason) {
            case "stop", "tool_calls", "function_call" -> false;
            case "length" -> true;
            case "content_filter" -> throw failures.of(Kind.BLOCKED, "withheld its answer: content_filter");
            default ->
                throw failures.unusable(
                        "gave up: " + (REASON.matcher(reason).matches() ? reason : "a reason that is not known"));
        };
        if (refused) {
            throw failures.of(Kind.BLOCKED, "refused to answer");
        }
        calls.all().forEach(call -> turn.call(whole(call)));
        out.accept(turn.end(settings.name(), outOfRoom, usage, Optional.empty(), out));
    }

    private ToolCall whole(Fragments call) {
        String id = ids.take(call.id());
        String name = call.name().orElse("");
        String arguments = call.arguments();
        if (arguments.isBlank()) {
            return names.call(id, name, JsonNodeFactory.instance.objectNode());
        }
        return WireJson.object(arguments)
                .map(object -> names.call(id, name, object))
                .orElseGet(() -> names.flawed(id, name, flaw(arguments)));
    }

    private String flaw(String arguments) {
        String begin = arguments.length() > SHOWN_CHARS ? arguments.substring(0, SHOWN_CHARS) + "…" : arguments;
        return "the arguments were no JSON object: " + ProviderMessage.fit(begin, settings.key());
    }

    @Override
    public ModelException refused(Refusal refusal) {
        return errors.of(refusal);
    }

    private static Usage usage(JsonNode usage) {
        long input = WireJson.tokens(usage, "prompt_tokens");
        long output = WireJson.tokens(usage, "completion_tokens");
        long cached = WireJson.tokens(usage.path("prompt_tokens_details"), "cached_tokens");
        long thoughts = WireJson.tokens(usage.path("completion_tokens_details"), "reasoning_tokens");
        return new Usage(input, Math.min(input, cached), output, Math.min(output, thoughts), 0);
    }
}
