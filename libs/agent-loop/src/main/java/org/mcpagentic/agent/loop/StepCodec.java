package org.mcpagentic.agent.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.TaskError;

/** Steps as JSON text in the journal, readable by every version that follows. */
public final class StepCodec {

    /** Bound on one journaled step's intent or outcome, in bytes of UTF-8. */
    static final int MOST_BYTES = 256 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private StepCodec() {}

    /** Reads a step; fails with {@code IllegalStateException} on what this version cannot read. */
    public static Step decode(JournalEntry entry) {
        return new Step(
                entry.step(),
                entry.attempt(),
                intent(parse(entry.intent())),
                entry.startedAt(),
                entry.outcome().map(outcome -> outcome(parse(outcome.payload()))),
                entry.outcome().map(JournalEntry.Outcome::finishedAt));
    }

    static String encode(StepIntent intent) {
        ObjectNode node = JSON.createObjectNode();
        switch (intent) {
            case StepIntent.ModelTurn(String model, long leftOut) -> {
                node.put("kind", "model").put("model", model);
                if (leftOut > 0) {
                    node.put("left_out", leftOut);
                }
            }
            case StepIntent.ToolExecution(ToolCall call, SideEffects sideEffects) ->
                write(
                        call,
                        node.put("kind", "tool")
                                .put("side_effects", sideEffects.name().toLowerCase(Locale.ROOT)));
        }
        return node.toString();
    }

    static String encode(StepOutcome outcome) {
        ObjectNode node = JSON.createObjectNode();
        switch (outcome) {
            case StepOutcome.TurnTaken(Turn turn) -> write(turn, node);
            case StepOutcome.TurnFailed(TaskError error, Usage usage) -> {
                node.put("kind", "failed").put("code", error.code()).put("message", error.message());
                write(usage, node);
            }
            case StepOutcome.ToolReturned(ToolResult result) ->
                node.put("kind", "returned")
                        .put("text", result.text())
                        .put("failed", result.failed())
                        .put("truncated", result.truncated());
        }
        return node.toString();
    }

    /** Whether the outcome is within the journal's bound. */
    static boolean fits(StepOutcome outcome) {
        return encode(outcome).getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    private static void write(Turn turn, ObjectNode node) {
        node.put("model", turn.model()).put("text", turn.text());
        turn.providerState().ifPresent(state -> node.put("provider_state", state));
        write(turn.usage(), node);
        switch (turn) {
            case Answer answer -> node.put("kind", "answer");
            case ToolCalls calls -> {
                ArrayNode list = node.put("kind", "tool_calls").putArray("calls");
                calls.calls().forEach(call -> write(call, list.addObject()));
            }
        }
    }

    private static void write(Usage usage, ObjectNode node) {
        node.putObject("usage")
                .put("input_tokens", usage.inputTokens())
                .put("cached_tokens", usage.cachedTokens())
                .put("output_tokens", usage.outputTokens())
                .put("thought_tokens", usage.thoughtTokens())
                .put("cost_micros", usage.costMicros());
    }

    private static void write(ToolCall call, ObjectNode node) {
        node.put("call_id", call.callId()).put("tool_name", call.toolName()).set("arguments", call.arguments());
        call.flaw().ifPresent(flaw -> node.put("flaw", flaw));
    }

    private static StepIntent intent(JsonNode node) {
        return switch (node.path("kind").asText()) {
            case "model" ->
                new StepIntent.ModelTurn(
                        node.path("model").asText(), node.path("left_out").asLong());
            case "tool" ->
                new StepIntent.ToolExecution(
                        call(node),
                        SideEffects.valueOf(node.path("side_effects").asText().toUpperCase(Locale.ROOT)));
            default ->
                throw new IllegalStateException("a journaled intent is of a kind that this version does not know");
        };
    }

    private static StepOutcome outcome(JsonNode node) {
        return switch (node.path("kind").asText()) {
            case "answer" ->
                new StepOutcome.TurnTaken(new Answer(
                        node.path("model").asText(), node.path("text").asText(), usage(node), providerState(node)));
            case "tool_calls" -> {
                List<ToolCall> calls = new ArrayList<>();
                node.path("calls").forEach(call -> calls.add(call(call)));
                yield new StepOutcome.TurnTaken(new ToolCalls(
                        node.path("model").asText(),
                        node.path("text").asText(),
                        calls,
                        usage(node),
                        providerState(node)));
            }
            case "failed" ->
                new StepOutcome.TurnFailed(
                        new TaskError(
                                node.path("code").asText(), node.path("message").asText()),
                        usage(node));
            case "returned" ->
                new StepOutcome.ToolReturned(new ToolResult(
                        node.path("text").asText(),
                        node.path("failed").asBoolean(),
                        node.path("truncated").asBoolean()));
            default ->
                throw new IllegalStateException("a journaled outcome is of a kind that this version does not know");
        };
    }

    private static ToolCall call(JsonNode node) {
        ObjectNode arguments = node.path("arguments") instanceof ObjectNode object ? object : JSON.createObjectNode();
        return new ToolCall(
                node.path("call_id").asText(),
                node.path("tool_name").asText(),
                arguments,
                Optional.ofNullable(node.get("flaw")).map(JsonNode::asText));
    }

    private static Usage usage(JsonNode node) {
        JsonNode usage = node.path("usage");
        return new Usage(
                usage.path("input_tokens").asLong(),
                usage.path("cached_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                usage.path("thought_tokens").asLong(),
                usage.path("cost_micros").asLong());
    }

    private static Optional<String> providerState(JsonNode node) {
        return Optional.ofNullable(node.get("provider_state")).map(JsonNode::asText);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a journaled step is not JSON", e);
        }
    }
}
