package org.mcpagentic.models.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.Message.ModelMessage;
import org.mcpagentic.agent.model.Message.ToolMessage;
import org.mcpagentic.agent.model.Message.UserMessage;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.models.wire.ToolNames;

/**
 * Writes a GenerateContentRequest.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#request-body">Gemini API, request body</a>
 */
final class GeminiRequests {

    /**
     * What Google's documentation gives for calls that the model did not make itself: from Gemini 3 on, a turn is refused
     * whose first call has no signature.
     *
     * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Gemini API, thought signatures</a>
     */
    private static final String FOREIGN_SIGNATURE = "skip_thought_signature_validator";

    /** Models that ask for no signature, and so may leave it out. */
    private static final Pattern UNSIGNED = Pattern.compile("(models/)?gemini-[12]\\b.*");

    private final GeminiSettings settings;
    private final ToolNames names;

    /** A call as the provider was told of it. */
    private record SentCall(String callId, String name, Optional<String> id) {}

    GeminiRequests(GeminiSettings settings, ToolNames names) {
        this.settings = settings;
        this.names = names;
    }

    ObjectNode body(Prompt prompt) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!prompt.system().isEmpty()) {
            body.putObject("systemInstruction").putArray("parts").addObject().put("text", prompt.system());
        }
        write(prompt.messages(), body.putArray("contents"));
        if (!prompt.tools().isEmpty()) {
            ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
            prompt.tools().forEach(tool -> declare(tool, declarations.addObject()));
        }
        prompt.mostOutput(settings.maxOutputTokens())
                .ifPresent(most -> body.putObject("generationConfig").put("maxOutputTokens", most));
        return body;
    }

    private void declare(ToolSpec tool, ObjectNode declaration) {
        JsonNode schema = tool.inputSchema();
        if (schema.has("$schema")) {
            // why: not among the keywords that the API documents
            schema = ((ObjectNode) schema.deepCopy()).without("$schema");
        }
        declaration
                .put("name", names.theirs(tool.name()))
                .put("description", tool.description())
                .set("parametersJsonSchema", schema);
    }

    private void write(List<Message> messages, ArrayNode contents) {
        List<SentCall> open = List.of();
        List<ToolMessage> results = new ArrayList<>();
        for (Message message : messages) {
            switch (message) {
                case UserMessage(String text) -> {
                    writeResults(results, open, contents);
                    content("user", contents).addObject().put("text", text);
                }
                case ModelMessage(Turn turn) -> {
                    writeResults(results, open, contents);
                    open = write(turn, contents);
                }
                case ToolMessage result -> results.add(result);
            }
        }
        writeResults(results, open, contents);
    }

    /** @return the turn's calls, in order */
    private List<SentCall> write(Turn turn, ArrayNode contents) {
        ArrayNode parts =
                GeminiState.parts(turn, settings.id()).map(this::signed).orElseGet(() -> partsOf(turn));
        if (!parts.isEmpty()) {
            content("model", contents).addAll(parts);
        }
        List<ToolCall> calls = callsOf(turn);
        List<SentCall> sent = new ArrayList<>();
        for (JsonNode part : parts) {
            JsonNode call = part.path("functionCall");
            if (call.isObject()) {
                sent.add(new SentCall(
                        calls.get(sent.size()).callId(),
                        call.path("name").asText(),
                        Optional.ofNullable(call.get("id")).map(JsonNode::asText)));
            }
        }
        return sent;
    }

    /** The model's own parts as they were; it happens that it forgets to sign a call, and then refuses it. */
    private ArrayNode signed(ArrayNode parts) {
        for (JsonNode part : parts) {
            if (part instanceof ObjectNode calling
                    && calling.path("functionCall").isObject()) {
                if (!calling.hasNonNull("thoughtSignature")
                        && !UNSIGNED.matcher(settings.id()).matches()) {
                    calling.put("thoughtSignature", FOREIGN_SIGNATURE);
                }
                break;
            }
        }
        return parts;
    }

    /** A turn that another model took, or this one in words alone. */
    private ArrayNode partsOf(Turn turn) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        if (!turn.text().isEmpty()) {
            parts.addObject().put("text", turn.text());
        }
        boolean signed = false;
        for (ToolCall call : callsOf(turn)) {
            ObjectNode part = parts.addObject();
            part.putObject("functionCall")
                    .put("name", names.theirs(call.toolName()))
                    .set("args", call.arguments());
            if (!signed) {
                part.put("thoughtSignature", FOREIGN_SIGNATURE);
                signed = true;
            }
        }
        return parts;
    }

    private void writeResults(List<ToolMessage> results, List<SentCall> open, ArrayNode contents) {
        if (results.isEmpty()) {
            return;
        }
        List<String> order = open.stream().map(SentCall::callId).toList();
        ArrayNode parts = content("user", contents);
        results.stream()
                .sorted(Comparator.comparingInt(result -> position(order, result.callId())))
                .forEach(result -> {
                    int position = order.indexOf(result.callId());
                    SentCall call = position < 0
                            ? new SentCall(result.callId(), names.theirs(result.toolName()), Optional.empty())
                            : open.get(position);
                    ObjectNode response = parts.addObject().putObject("functionResponse");
                    call.id().ifPresent(id -> response.put("id", id));
                    response.put("name", call.name())
                            .putObject("response")
                            .put(result.failed() ? "error" : "output", result.text());
                });
        results.clear();
    }

    private static int position(List<String> order, String callId) {
        int position = order.indexOf(callId);
        return position < 0 ? order.size() : position;
    }

    private static List<ToolCall> callsOf(Turn turn) {
        return turn instanceof ToolCalls wanted ? wanted.calls() : List.of();
    }

    private static ArrayNode content(String role, ArrayNode contents) {
        return contents.addObject().put("role", role).putArray("parts");
    }
}
