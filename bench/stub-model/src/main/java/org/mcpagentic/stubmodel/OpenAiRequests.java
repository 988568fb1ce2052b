package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads requests for chat completions and refuses what OpenAI refuses, in its words. */
final class OpenAiRequests {
    private static final Pattern FUNCTION_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Set<String> FIELDS = Set.of(
            "messages",
            "model",
            "audio",
            "frequency_penalty",
            "function_call",
            "functions",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "metadata",
            "modalities",
            "n",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt_cache_key",
            "reasoning_effort",
            "response_format",
            "safety_identifier",
            "seed",
            "service_tier",
            "stop",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "user",
            "verbosity",
            "web_search_options");

    private OpenAiRequests() {}

    static ModelRequest read(ObjectNode body) {
        body.properties().stream()
                .filter(field -> !FIELDS.contains(field.getKey()))
                .findFirst()
                .ifPresent(field -> {
                    throw RefusedRequest.badRequest("Unrecognized request argument supplied: " + field.getKey());
                });
        String model = body.path("model").asText("");
        if (model.isEmpty()) {
            throw RefusedRequest.badRequest("you must provide a model parameter");
        }
        boolean streamed = body.path("stream").asBoolean(false);
        if (!streamed && body.has("stream_options")) {
            throw RefusedRequest.badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        }
        List<String> tools = tools(body.path("tools"));
        OpenAiConversation conversation = OpenAiConversation.of(body.path("messages"));
        return new ModelRequest(
                Provider.OPENAI,
                model,
                streamed,
                conversation.system(),
                conversation.userTexts(),
                conversation.modelTurns(),
                tools,
                conversation.toolResults(),
                1);
    }

    private static List<String> tools(JsonNode tools) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            String name = tool.path("function").path("name").asText("");
            if (!tool.path("type").asText("").equals("function")) {
                throw RefusedRequest.badRequest("Missing required parameter: 'tools[" + i + "].type'.");
            }
            if (!FUNCTION_NAME.matcher(name).matches()) {
                throw RefusedRequest.badRequest(
                        "Invalid 'tools[" + i + "].function.name': string does not match pattern."
                                + " Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.");
            }
            names.add(name);
        }
        return names;
    }
}
