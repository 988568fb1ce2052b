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
    private static final String STRING = "string";
    private static final String STRINGS = "strings";
    private static final String STRUCT = "struct";
    private static final String MAP_OF = "map of ";

    /** Message, then its fields, then the type of a field: a message or one of the above. */
    private static final Map<String, Map<String, String>> MESSAGES = Map.ofEntries(
            message(
                    "Request",
                    "contents:Content",
                    "systemInstruction:Content",
                    "tools:Tool",
                    "toolConfig:ToolConfig",
                    "safetySettings:SafetySetting",
                    "generationConfig:GenerationConfig",
                    "cachedContent:string",
                    "model:string",
                    "serviceTier",
                    "store"),
            message("Content", "role:string", "parts:Part"),
            message(
                    "Part",
                    "text:string",
                    "thought",
                    "thoughtSignature:string",
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
            message("FunctionCall", "id:string", "name:string", "args:struct"),
            message(
                    "FunctionResponse",
                    "id:string",
                    "name:string",
                    "response:struct",
                    "parts",
                    "willContinue",
                    "scheduling"),
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
                    "name:string",
                    "description:string",
                    "behavior:string",
                    "parameters:Schema",
                    "parametersJsonSchema",
                    "response:Schema",
                    "responseJsonSchema"),
            message(
                    "Schema",
                    "type:string",
                    "format:string",
                    "title:string",
                    "description:string",
                    "nullable",
                    "enum:strings",
                    "maxItems",
                    "minItems",
                    "properties:map of Schema",
                    "required:strings",
                    "minProperties",
                    "maxProperties",
                    "minLength",
                    "maxLength",
                    "pattern:string",
                    "example",
                    "anyOf:Schema",
                    "propertyOrdering:strings",
                    "default",
                    "items:Schema",
                    "minimum",
                    "maximum"),
            message(
                    "ToolConfig",
                    "functionCallingConfig:FunctionCallingConfig",
                    "retrievalConfig",
                    "includeServerSideToolInvocations"),
            message("FunctionCallingConfig", "mode:string", "allowedFunctionNames:strings"),
            message("SafetySetting", "category:string", "threshold:string"),
            message(
                    "GenerationConfig",
                    "stopSequences:strings",
                    "responseMimeType:string",
                    "responseSchema:Schema",
                    "responseJsonSchema",
                    "responseModalities:strings",
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
            message("ThinkingConfig", "includeThoughts", "thinkingBudget", "thinkingLevel:string"));

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
            throw invalid(node, message, path);
        }
        Map<String, String> fields = MESSAGES.getOrDefault(message, Map.of());
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String inside = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            String type = Optional.ofNullable(fields.get(camelCase(field.getKey())))
                    .orElseThrow(() -> unknown(field.getKey(), path));
            checkType(field.getValue(), type, inside);
        }
    }

    private static void checkType(JsonNode value, String type, String path) {
        if (type.startsWith(MAP_OF)) {
            checkValues(value, type.substring(MAP_OF.length()), path);
            return;
        }
        boolean fits = switch (type) {
            case FREE -> true;
            case STRING -> value.isTextual();
            case STRINGS -> value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
            case STRUCT -> value.isObject();
            default -> {
                check(value, type, path);
                yield true;
            }
        };
        if (!fits) {
            throw invalid(value, type, path);
        }
    }

    private static void checkValues(JsonNode map, String message, String path) {
        for (Map.Entry<String, JsonNode> value : map.properties()) {
            check(value.getValue(), message, path + "[" + value.getKey() + "].value");
        }
    }

    private static RefusedRequest invalid(JsonNode value, String type, String path) {
        return RefusedRequest.badRequest("Invalid value at '" + path + "' (" + type + "), " + shown(value.toString()));
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
