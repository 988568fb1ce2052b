package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads requests of the Gemini API and refuses what Google refuses, in its words. */
final class GeminiRequests {
    private static final Pattern FUNCTION_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}");

    private final GeminiSignatures signatures;
    private final boolean requiringSignatures;

    GeminiRequests(GeminiSignatures signatures, boolean requiringSignatures) {
        this.signatures = signatures;
        this.requiringSignatures = requiringSignatures;
    }

    ModelRequest read(Wire.Target target, ObjectNode body) {
        GeminiFields.check(body);
        List<String> tools = tools(body);
        GeminiConversation conversation = GeminiConversation.of(body.path("contents"));
        if (requiringSignatures) {
            conversation.checkSignatures(signatures);
        }
        return new ModelRequest(
                Provider.GEMINI,
                target.model(),
                target.streamed(),
                GeminiConversation.text(either(body, "systemInstruction", "system_instruction")),
                conversation.userTexts(),
                conversation.modelTurns(),
                tools,
                conversation.toolResults(),
                1);
    }

    private static List<String> tools(ObjectNode body) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode tool : body.path("tools")) {
            for (JsonNode declaration : either(tool, "functionDeclarations", "function_declarations")) {
                String name = declaration.path("name").asText("");
                if (!FUNCTION_NAME.matcher(name).matches()) {
                    throw RefusedRequest.badRequest(
                            "Invalid function name. Must start with a letter or an underscore. Must be alphameric (a-z,"
                                    + " A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum"
                                    + " length of 64.");
                }
                if (!seen.add(name)) {
                    throw RefusedRequest.badRequest("Duplicate function declaration found: " + name);
                }
                if (declaration.has("parameters") && declaration.has("parametersJsonSchema")) {
                    throw RefusedRequest.badRequest(
                            "Only one of parameters and parameters_json_schema may be set for " + name + ".");
                }
                names.add(name);
            }
        }
        return names;
    }

    private static JsonNode either(JsonNode node, String camel, String snake) {
        return node.has(camel) ? node.path(camel) : node.path(snake);
    }
}
