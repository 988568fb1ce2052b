package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code contents}, read once: who said what, and whether calls and responses fit together. */
final class GeminiConversation {
    private final List<String> userTexts = new ArrayList<>();
    private final List<ToolResult> toolResults = new ArrayList<>();
    private final List<JsonNode> modelTurns = new ArrayList<>();
    /** The calls of the model's last turn that are still to be answered. */
    private final List<JsonNode> openCalls = new ArrayList<>();

    /** The number of model turns that were over when the user last spoke. */
    private int turnsBeforeCurrent;

    private GeminiConversation() {}

    /** @throws RefusedRequest if the contents are none that Google takes */
    static GeminiConversation of(JsonNode contents) {
        GeminiConversation conversation = new GeminiConversation();
        if (contents.isEmpty()) {
            throw RefusedRequest.badRequest("* GenerateContentRequest.contents: contents is not specified\n");
        }
        for (int i = 0; i < contents.size(); i++) {
            conversation.take(contents.get(i), i);
        }
        conversation.checkEnd(contents);
        return conversation;
    }

    /** The texts of a content's parts, one after the other. */
    static String text(JsonNode content) {
        StringBuilder text = new StringBuilder();
        content.path("parts").forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    List<String> userTexts() {
        return userTexts;
    }

    List<ToolResult> toolResults() {
        return toolResults;
    }

    int modelTurns() {
        return modelTurns.size();
    }

    /**
     * Google validates the current turn, which is what came since the user last spoke: the first call of each step bears
     * the signature that it was issued with.
     */
    void checkSignatures(GeminiSignatures signatures) {
        for (int turn = turnsBeforeCurrent; turn < modelTurns.size(); turn++) {
            int position = 1;
            for (JsonNode part : modelTurns.get(turn).path("parts")) {
                if (part.has("functionCall")) {
                    checkSignature(signatures, part, position);
                    break;
                }
                position++;
            }
        }
    }

    private static void checkSignature(GeminiSignatures signatures, JsonNode part, int position) {
        String name = part.path("functionCall").path("name").asText("");
        String signature = part.path("thoughtSignature")
                .asText(part.path("thought_signature").asText(""));
        if (signatures.fits(signature, name)) {
            return;
        }
        throw RefusedRequest.badRequest(
                signature.isEmpty()
                        ? "Function call is missing a thought_signature in functionCall parts. This is required for tools"
                                + " to work correctly, and missing thought_signature may lead to degraded model"
                                + " performance. Additional data, function call `default_api:" + name + "` , position "
                                + position + ". Please refer to"
                                + " https://ai.google.dev/gemini-api/docs/thought-signatures for more details."
                        : "Thought signature is not valid.");
    }

    private void take(JsonNode content, int index) {
        String role = content.path("role").asText("user");
        JsonNode parts = content.path("parts");
        if (parts.isEmpty()) {
            throw RefusedRequest.badRequest(
                    "* GenerateContentRequest.contents[" + index + "].parts: contents.parts must not be empty.\n");
        }
        for (int i = 0; i < parts.size(); i++) {
            checkData(parts.get(i), index, i);
        }
        switch (role) {
            case "model" -> takeModel(content);
            case "user", "function" -> takeUser(content);
            default -> throw RefusedRequest.badRequest("Please use a valid role: user, model.");
        }
    }

    private static void checkData(JsonNode part, int content, int index) {
        int data = 0;
        for (Map.Entry<String, JsonNode> field : part.properties()) {
            switch (GeminiFields.camelCase(field.getKey())) {
                case "text",
                        "inlineData",
                        "fileData",
                        "functionCall",
                        "functionResponse",
                        "executableCode",
                        "codeExecutionResult",
                        "toolCall",
                        "toolResponse" -> data++;
                default -> {}
            }
        }
        if (data != 1) {
            throw RefusedRequest.badRequest("* GenerateContentRequest.contents[" + content + "].parts[" + index
                    + "].data: required oneof field 'data' must have one initialized field\n");
        }
    }

    private void takeModel(JsonNode content) {
        if (!openCalls.isEmpty()) {
            throw notAnswered();
        }
        for (JsonNode part : content.path("parts")) {
            if (part.has("functionResponse")) {
                throw RefusedRequest.badRequest("Please ensure that function response turn has the role user.");
            }
            if (part.has("functionCall")) {
                openCalls.add(part.path("functionCall"));
            }
        }
        if (!openCalls.isEmpty() && userTexts.isEmpty()) {
            throw RefusedRequest.badRequest(
                    "Please ensure that function call turn comes immediately after a user turn or after a function"
                            + " response turn.");
        }
        modelTurns.add(content);
    }

    private void takeUser(JsonNode content) {
        List<JsonNode> responses = new ArrayList<>();
        for (JsonNode part : content.path("parts")) {
            if (part.has("functionCall")) {
                throw RefusedRequest.badRequest("Please ensure that function call turn has the role model.");
            }
            if (part.has("functionResponse")) {
                responses.add(part.path("functionResponse"));
            }
        }
        if (responses.size() != openCalls.size()) {
            throw openCalls.isEmpty()
                    ? RefusedRequest.badRequest(
                            "Please ensure that function response turn comes immediately after a function call turn.")
                    : notAnswered();
        }
        responses.forEach(this::answer);
        String said = text(content);
        if (!said.isEmpty()) {
            userTexts.add(said);
            turnsBeforeCurrent = modelTurns.size();
        }
    }

    private void answer(JsonNode response) {
        String name = response.path("name").asText("");
        String id = response.path("id").asText("");
        if (name.isEmpty()) {
            throw RefusedRequest.badRequest(
                    "* GenerateContentRequest.contents.parts.function_response.name: Name cannot be empty.\n");
        }
        if (!response.has("response")) {
            throw RefusedRequest.badRequest(
                    "* GenerateContentRequest.contents.parts.function_response.response: response is required.\n");
        }
        JsonNode call = openCalls.stream()
                .filter(open -> open.path("name").asText("").equals(name))
                .filter(open -> id.isEmpty() || open.path("id").asText("").equals(id))
                .findFirst()
                .orElseThrow(() -> RefusedRequest.badRequest(
                        "Please ensure that function response names and ids match those of the function call turn."));
        openCalls.remove(call);
        toolResults.add(new ToolResult(id, name, response.path("response").toString()));
    }

    private void checkEnd(JsonNode contents) {
        if (!openCalls.isEmpty()) {
            throw notAnswered();
        }
        if (contents.get(contents.size() - 1).path("role").asText("user").equals("model")) {
            throw RefusedRequest.badRequest(
                    "Please ensure that multiturn requests end with a user role or a function response.");
        }
    }

    private static RefusedRequest notAnswered() {
        return RefusedRequest.badRequest(
                "Please ensure that the number of function response parts is equal to the number"
                        + " of function call parts of the function call turn.");
    }
}
