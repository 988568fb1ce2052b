package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.models.gemini.GeminiModel;
import org.mcpagentic.models.gemini.GeminiSettings;
import org.mcpagentic.models.openai.OpenAiModel;
import org.mcpagentic.models.openai.OpenAiSettings;
import org.mcpagentic.models.openai.OutputLimit;

/** Servers that answer nonsense. The number of a repetition is its seed. */
class GarbageTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Prompt PROMPT =
            Conversation.about("hello").withTool("clock").prompt();

    private static final List<String> GEMINI = List.of("""
            {"candidates":[{"content":{"parts":[{"text":"hm","thought":true}],"role":"model"},"index":0}],
             "usageMetadata":{"promptTokenCount":5,"thoughtsTokenCount":1}}""", """
            {"candidates":[{"content":{"parts":[{"text":"Hello"},{"functionCall":{"id":"a","name":"clock","args":{"z":[1]}},
             "thoughtSignature":"QQ=="}],"role":"model"},"index":0}]}""", """
            {"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"QQ=="}]},"finishReason":"STOP"}],
             "promptFeedback":{},"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":7,"cachedContentTokenCount":2}}""", """
            {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[
             {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"PerDay","quotaValue":"1"}]},
             {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"3.5s"}]}}""");

    private static final List<String> OPENAI = List.of("""
            {"choices":[{"index":0,"delta":{"role":"assistant","content":"Hello","reasoning_content":"hm"}}],"usage":null}""", """
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function",
             "function":{"name":"clock","arguments":"{\\"z\\":"}}]}}]}""", """
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}""", """
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""", """
            {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":1}}}""", """
            {"error":{"message":"m","type":"requests","code":"rate_limit_exceeded","param":null}}""");

    private static Vertx vertx;
    private static WireClient wire;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        wire = new WireClient(
                vertx,
                new WireSettings(Duration.ofSeconds(5), 100, 1 << 16, 1 << 18, false, Optional.empty()),
                InstantSource.system());
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @RepeatedTest(300)
    void isATurnOrAClearFailureOfGemini(RepetitionInfo repetition) {
        meets(new Random(repetition.getCurrentRepetition()), GEMINI, GarbageTest::gemini);
    }

    @RepeatedTest(300)
    void isATurnOrAClearFailureOfOpenAi(RepetitionInfo repetition) {
        meets(new Random(repetition.getCurrentRepetition()), OPENAI, GarbageTest::openAi);
    }

    private interface ModelAt {
        LanguageModel at(URI base, boolean stream);
    }

    private static void meets(Random random, List<String> payloads, ModelAt model) {
        boolean stream = random.nextInt(4) > 0;
        byte[] body = garbled(random, stream ? stream(random, payloads) : mutated(random, pick(random, payloads)));
        try (RawServer server = RawServer.answering(line -> {
            line.send("HTTP/1.1 " + status(random) + " Told\r\nTransfer-Encoding: chunked\r\nRetry-After: "
                    + pick(random, List.of("1", "-1", "soon", "9".repeat(40)))
                    + "\r\nContent-Type: " + (stream ? "text/event-stream" : "application/json") + "\r\n\r\n");
            for (int begin = 0; begin < body.length; ) {
                int end = Math.min(body.length, begin + 1 + random.nextInt(random.nextBoolean() ? 10 : 1000));
                line.sendChunk(Arrays.copyOfRange(body, begin, end));
                begin = end;
            }
            if (random.nextInt(10) > 0) {
                line.sendLastChunk();
            }
            line.close();
        })) {
            Outcome outcome = Outcome.of(model.at(server.base(), stream).next(PROMPT));

            if (outcome.problem().isEmpty()) {
                assertThat(outcome.turn().model()).isEqualTo("stub");
            } else {
                assertThat(outcome.problem().get()).isInstanceOf(ModelException.class);
                assertThat(outcome.failure().getMessage())
                        .startsWith("the model \"stub\" ")
                        .hasSizeLessThan(400);
            }
        }
    }

    private static LanguageModel gemini(URI base, boolean stream) {
        return new GeminiModel(
                wire, new GeminiSettings("stub", "stub", base, "secret-key", 1000, OptionalInt.empty(), stream));
    }

    private static LanguageModel openAi(URI base, boolean stream) {
        return new OpenAiModel(
                wire,
                new OpenAiSettings(
                        "stub",
                        "stub",
                        base,
                        Optional.empty(),
                        1000,
                        OptionalInt.empty(),
                        OutputLimit.MAX_TOKENS,
                        stream));
    }

    private static int status(Random random) {
        return random.nextInt(5) > 0 ? 200 : pick(random, List.of(204, 301, 400, 401, 403, 404, 413, 429, 500, 503));
    }

    private static String stream(Random random, List<String> payloads) {
        StringBuilder stream = new StringBuilder();
        for (String payload : payloads) {
            // why seldom the error: it ends the answer
            if (!payload.contains("error") || random.nextInt(4) == 0) {
                String data = random.nextBoolean() ? mutated(random, payload) : payload;
                stream.append("data: ").append(data.replace("\n", "")).append("\n\n");
            }
        }
        return stream.append(random.nextBoolean() ? "data: [DONE]\n\n" : "").toString();
    }

    /** The payload with up to three of its values replaced by something else, or removed. */
    private static String mutated(Random random, String payload) {
        JsonNode root = WireJson.tree(payload).orElseThrow();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<JsonNode> containers = containers(root);
            switch (pick(random, containers)) {
                case ObjectNode object
                when !object.isEmpty() -> {
                    String field =
                            pick(random, new ArrayList<>(object.properties())).getKey();
                    if (random.nextInt(4) == 0) {
                        object.remove(field);
                    } else {
                        object.set(field, value(random));
                    }
                }
                case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), value(random));
                case ArrayNode array -> array.add(value(random));
                default -> {}
            }
        }
        return root.toString();
    }

    private static List<JsonNode> containers(JsonNode root) {
        List<JsonNode> containers = new ArrayList<>(List.of(root));
        for (int i = 0; i < containers.size(); i++) {
            containers.get(i).forEach(child -> {
                if (child.isContainerNode()) {
                    containers.add(child);
                }
            });
        }
        return containers;
    }

    private static JsonNode value(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(new BigDecimal("1E+400"));
            case 4 -> JSON.textNode("");
            case 5 -> JSON.textNode("x".repeat(random.nextInt(2000)));
            case 6 -> JSON.textNode("\uD83D\u0000\u202E\"");
            case 7 -> JSON.arrayNode().add(JSON.arrayNode().add(1));
            case 8 -> JSON.objectNode().put("parts", "x").put("message", -1);
            default ->
                JSON.textNode(pick(random, List.of("STOP", "stop", "MAX_TOKENS", "length", "\u0661s", "{}", "[DONE]")));
        };
    }

    /** The text as bytes, of which some may be others, too many or too few. */
    private static byte[] garbled(Random random, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return bytes;
        }
        switch (random.nextInt(6)) {
            case 0 -> {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> random.nextBytes(bytes);
            case 3 -> {
                byte[] deep = "[".repeat(20_000).getBytes(StandardCharsets.UTF_8);
                int at = random.nextInt(bytes.length);
                byte[] longer = Arrays.copyOf(bytes, bytes.length + deep.length);
                System.arraycopy(deep, 0, longer, at, deep.length);
                bytes = longer;
            }
            default -> {}
        }
        return bytes;
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
