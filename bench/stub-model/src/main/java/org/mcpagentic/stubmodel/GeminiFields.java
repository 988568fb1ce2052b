package org.mcpagentic.stubmodel;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that each message of a request may have, so that a misspelt one is refused as Google refuses it.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Generating content</a>
 */
final class GeminiFields {
    private static final String FREE = "";

    /** Message, then its fields, then the message of a field; {@link #FREE} where anything goes. */
    private static final Map<String, Map<String, String>> MESSAGES = Map.ofEntries(
            message(
                    "Request",
                    "contents:Content",
                    "systemInstruction:Content",
                    "tools:Tool",
                    "toolConfig:ToolConfig",
                    "safetySettings:SafetySetting",
                    "generationConfig:GenerationConfig",
                    "cachedContent",
                    "model",
                    "serviceTier",
                    "store"),
            message("Content", "role", "parts:Part"),
            message(
                    "Part",
                    "text",
                    "thought",
                    "thoughtSignature",
                    "partMetadata",
                    "inlineData",
                    "fileData",
                    "functionCall:FunctionCall",
                    "functionResponse:FunctionResponse",
                    "executableCode",
                    "codeExecutionResult",
                    "toolCall",
                    "toolResponse",
                    "videoMetadata",
                    "mediaResolution"),
            message("FunctionCall", "id", "name", "args"),
            message("FunctionResponse", "id", "name", "response", "parts", "willContinue", "scheduling"),
            message(
                    "Tool",
                    "functionDeclarations:FunctionDeclaration",
                    "googleSearch",
                    "googleSearchRetrieval",
                    "codeExecution",
                    "computerUse",
                    "urlContext",
                    "fileSearch",
                    "mcpServers",
                    "googleMaps"),
            message(
                    "FunctionDeclaration",
                    "name",
                    "description",
                    "behavior",
                    "parameters:Schema",
                    "parametersJsonSchema",
                    "response:Schema",
                    "responseJsonSchema"),
            message(
                    "Schema",
                    "type",
                    "format",
                    "title",
                    "description",
                    "nullable",
                    "enum",
                    "maxItems",
                    "minItems",
                    "properties:{Schema",
                    "required",
                    "minProperties",
                    "maxProperties",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "example",
                    "anyOf:Schema",
                    "propertyOrdering",
                    "default",
                    "items:Schema",
                    "minimum",
                    "maximum"),
            message(
                    "ToolConfig",
                    "functionCallingConfig:FunctionCallingConfig",
                    "retrievalConfig",
                    "includeServerSideToolInvocations"),
            message("FunctionCallingConfig", "mode", "allowedFunctionNames"),
            message("SafetySetting", "category", "threshold"),
            message(
                    "GenerationConfig",
                    "stopSequences",
                    "responseMimeType",
                    "responseSchema:Schema",
                    "responseJsonSchema",
                    "responseModalities",
                    "candidateCount",
                    "maxOutputTokens",
                    "temperature",
                    "topP",
                    "topK",
                    "seed",
                    "presencePenalty",
                    "frequencyPenalty",
                    "responseLogprobs",
                    "logprobs",
                    "enableEnhancedCivicAnswers",
                    "speechConfig",
                    "thinkingConfig:ThinkingConfig",
                    "imageConfig",
                    "mediaResolution"),
            message("ThinkingConfig", "includeThoughts", "thinkingBudget", "thinkingLevel"));

    private GeminiFields() {}

    /** @throws RefusedRequest naming the first field that there is none of */
    static void check(ObjectNode request) {
        check(request, "Request", "");
    }

    private static void check(JsonNode node, String message, String path) {
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), message, path + "[" + i + "]");
            }
            return;
        }
        if (!(node instanceof ObjectNode object)) {
            throw RefusedRequest.badRequest(
                    "Invalid value at '" + path + "' (" + message + "), " + shown(node.toString()));
        }
        Map<String, String> fields = MESSAGES.getOrDefault(message, Map.of());
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String inside = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            String type = Optional.ofNullable(fields.get(camelCase(field.getKey())))
                    .orElseThrow(() -> unknown(field.getKey(), path));
            if (type.startsWith("{")) {
                checkValues(field.getValue(), type.substring(1), inside);
            } else if (!type.equals(FREE)) {
                check(field.getValue(), type, inside);
            }
        }
    }

    private static void checkValues(JsonNode map, String message, String path) {
        for (Map.Entry<String, JsonNode> value : map.properties()) {
            check(value.getValue(), message, path + "[" + value.getKey() + "].value");
        }
    }

    private static RefusedRequest unknown(String name, String path) {
        String where = path.isEmpty() ? "" : " at '" + path + "'";
        return RefusedRequest.badRequest(
                "Invalid JSON payload received. Unknown name \"" + shown(name) + "\"" + where + ": Cannot find field.");
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 100));
    }

    /** Proto JSON takes a field's name in either spelling. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean underscore = name.charAt(i) == '_' && i + 1 < name.length();
            camel.append(underscore ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return camel.toString();
    }

    private static Map.Entry<String, Map<String, String>> message(String name, String... fields) {
        Map<String, String> types = new LinkedHashMap<>();
        Arrays.stream(fields).forEach(field -> {
            int colon = field.indexOf(':');
            types.put(colon < 0 ? field : field.substring(0, colon), colon < 0 ? FREE : field.substring(colon + 1));
        });
        return entry(name, types);
    }
}
