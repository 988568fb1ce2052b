package org.mcpagentic.models.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Writes a request for a chat completion.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI, create chat completion</a>
 */
final class OpenAiRequests {

    /** What OpenAI takes as a call's id. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,40}");

    private final OpenAiSettings settings;
    private final ToolNames names;

    OpenAiRequests(OpenAiSettings settings, ToolNames names) {
        this.settings = settings;
        this.names = names;
    }

    ObjectNode body(Prompt prompt) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", settings.id());
        ArrayNode messages = body.putArray("messages");
        if (!prompt.system().isEmpty()) {
            messages.addObject().put("role", "system").put("content", prompt.system());
        }
        write(prompt.messages(), messages);
        if (!prompt.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            prompt.tools().forEach(tool -> declare(tool, tools.addObject()));
        }
        prompt.mostOutput(settings.maxOutputTokens())
                .ifPresent(most -> body.put(settings.outputLimit().field(), most));
        if (settings.stream()) {
            body.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return body;
    }

    private void declare(ToolSpec tool, ObjectNode declaration) {
        declaration
                .put("type", "function")
                .putObject("function")
                .put("name", names.theirs(tool.name()))
                .put("description", tool.description())
                .set("parameters", tool.inputSchema());
    }

    private void write(List<Message> messages, ArrayNode written) {
        Map<String, String> ids = new HashMap<>();
        for (Message message : messages) {
            switch (message) {
                case UserMessage(String text) ->
                    written.addObject().put("role", "user").put("content", text);
                case ModelMessage(Turn turn) -> write(turn, written, ids);
                case ToolMessage result ->
                    written.addObject()
                            .put("role", "tool")
                            .put("tool_call_id", ids.getOrDefault(result.callId(), result.callId()))
                            // why: there is no field for it
                            .put("content", (result.failed() ? "error: " : "") + result.text());
            }
        }
    }

    private void write(Turn turn, ArrayNode written, Map<String, String> ids) {
        List<ToolCall> calls = turn instanceof ToolCalls wanted ? wanted.calls() : List.of();
        ObjectNode message = written.addObject().put("role", "assistant");
        if (turn.text().isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", turn.text());
        }
        if (calls.isEmpty()) {
            return;
        }
        ArrayNode list = message.putArray("tool_calls");
        for (ToolCall call : calls) {
            // why: an id that another server gave may be one that this one refuses
            boolean keep = turn.model().equals(settings.name())
                    || ID.matcher(call.callId()).matches();
            String id = keep ? call.callId() : "call_" + written.size() + "_" + list.size();
            ids.put(call.callId(), id);
            list.addObject()
                    .put("id", id)
                    .put("type", "function")
                    .putObject("function")
                    .put("name", names.theirs(call.toolName()))
                    .put("arguments", call.arguments().toString());
        }
    }
}
