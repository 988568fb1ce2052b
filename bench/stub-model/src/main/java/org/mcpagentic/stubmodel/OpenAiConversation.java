package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code messages}, read once: who said what, and whether calls and tool messages fit together. */
final class OpenAiConversation {
    private final StringBuilder system = new StringBuilder();
    private final List<String> userTexts = new ArrayList<>();
    private final List<ToolResult> toolResults = new ArrayList<>();
    /** Names of the calls that are still to be answered, by their ids. */
    private final Map<String, String> openCalls = new LinkedHashMap<>();

    private int modelTurns;

    private OpenAiConversation() {}

    /** @throws RefusedRequest if the messages are none that OpenAI takes */
    static OpenAiConversation of(JsonNode messages) {
        OpenAiConversation conversation = new OpenAiConversation();
        if (messages.isEmpty()) {
            throw RefusedRequest.badRequest(
                    "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array"
                            + " instead.");
        }
        for (int i = 0; i < messages.size(); i++) {
            conversation.take(messages.get(i), i);
        }
        conversation.checkAnswered(messages.size());
        return conversation;
    }

    String system() {
        return system.toString();
    }

    List<String> userTexts() {
        return userTexts;
    }

    List<ToolResult> toolResults() {
        return toolResults;
    }

    int modelTurns() {
        return modelTurns;
    }

    private void take(JsonNode message, int index) {
        String role = message.path("role").asText("");
        if (!role.equals("tool")) {
            checkAnswered(index);
        }
        switch (role) {
            case "system", "developer" -> system.append(content(message, index));
            case "user" -> userTexts.add(content(message, index));
            case "assistant" -> takeAssistant(message, index);
            case "tool" -> takeTool(message, index);
            default ->
                throw RefusedRequest.badRequest(
                        "Invalid value: '"
                                + role.substring(0, Math.min(role.length(), 50))
                                + "'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.");
        }
    }

    private void takeAssistant(JsonNode message, int index) {
        JsonNode calls = message.path("tool_calls");
        if (calls.isArray() && calls.isEmpty()) {
            throw RefusedRequest.badRequest(
                    "Invalid 'messages[" + index + "].tool_calls': empty array. Expected an array"
                            + " with minimum length 1, but got an empty array instead.");
        }
        if (calls.isEmpty() || message.hasNonNull("content")) {
            content(message, index);
        }
        for (int i = 0; i < calls.size(); i++) {
            takeCall(calls.get(i), "messages[" + index + "].tool_calls[" + i + "]");
        }
        modelTurns++;
    }

    private void takeCall(JsonNode call, String path) {
        String id = call.path("id").asText("");
        String name = call.path("function").path("name").asText("");
        if (id.isEmpty() || name.isEmpty() || !call.path("type").asText("").equals("function")) {
            throw RefusedRequest.badRequest("Missing required parameter: '" + path + "' has no id, type or name.");
        }
        if (!call.path("function").path("arguments").isTextual()) {
            throw RefusedRequest.badRequest("Invalid type for '" + path + ".function.arguments': expected a string.");
        }
        openCalls.put(id, name);
    }

    private void takeTool(JsonNode message, int index) {
        String id = message.path("tool_call_id").asText("");
        String name = openCalls.remove(id);
        if (name == null) {
            throw RefusedRequest.badRequest("Invalid parameter: messages with role 'tool' must be a response to a"
                    + " preceeding message with 'tool_calls'.");
        }
        toolResults.add(new ToolResult(id, name, content(message, index)));
    }

    private void checkAnswered(int index) {
        if (!openCalls.isEmpty()) {
            throw RefusedRequest.badRequest("An assistant message with 'tool_calls' must be followed by tool messages"
                    + " responding to each 'tool_call_id'. The following tool_call_ids did not have response messages"
                    + " before messages[" + index + "]: " + String.join(", ", openCalls.keySet()));
        }
    }

    private static String content(JsonNode message, int index) {
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return content.textValue();
        }
        if (!content.isArray()) {
            throw RefusedRequest.badRequest(
                    "Invalid value for 'content': expected a string, got null. (messages[" + index + "].content)");
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}
