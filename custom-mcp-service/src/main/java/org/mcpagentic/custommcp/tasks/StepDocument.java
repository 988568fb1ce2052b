package org.mcpagentic.custommcp.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.agent.loop.Step;
import org.mcpagentic.agent.loop.StepIntent;
import org.mcpagentic.agent.loop.StepOutcome;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.custommcp.tasks.TaskDocument.ErrorDocument;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.TaskId;

/**
 * A journaled step on the wire: a model's turn (an AI_RESPONSE, with {@code response_id}) or a tool's execution (a
 * TOOL_EXECUTION, with {@code execution_id}). What it does not have is left out.
 */
@RegisterForReflection
@Schema(name = "Step")
public record StepDocument(
        int step,
        @Schema(enumeration = {"model", "tool"}) String kind,

        @Schema(
                enumeration = {"running", "unknown", "succeeded", "failed"},
                description =
                        "unknown: its worker was lost during the call, and its task waits for a person's decision")
        String status,

        int attempt,
        Instant startedAt,
        Optional<Instant> finishedAt,

        Optional<Duration> duration,

        Optional<String> responseId,
        Optional<String> modelUsed,
        Optional<String> text,
        Optional<List<CallDocument>> toolCalls,
        Optional<TurnUsageDocument> usage,
        Optional<ErrorDocument> error,

        @Schema(description = "characters of earlier tool results that did not fit the model's context window")
        Optional<Long> leftOutCharacters,

        Optional<String> executionId,
        Optional<String> taskId,
        Optional<String> callId,
        Optional<String> toolName,
        Optional<String> inputData,
        Optional<String> outputData,

        Optional<Duration> executionTime,

        Optional<Boolean> truncated) {

    static StepDocument of(TaskId task, Step step) {
        return of(task, step, false);
    }

    /** The step of a task that waits for a person: of a call that was begun, nobody knows what came of it. */
    static StepDocument ofWaiting(TaskId task, Step step) {
        return of(task, step, true);
    }

    private static StepDocument of(TaskId task, Step step, boolean waiting) {
        return switch (step.intent()) {
            case StepIntent.ModelTurn intent -> modelTurn(task, step, intent);
            case StepIntent.ToolExecution execution ->
                toolExecution(task, step, execution.call(), waiting ? "unknown" : "running");
        };
    }

    /** The step as it was when it began, whatever came of it since. */
    static StepDocument begun(TaskId task, Step step) {
        return of(
                task,
                new Step(
                        step.number(),
                        step.attempt(),
                        step.intent(),
                        step.startedAt(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static StepDocument modelTurn(TaskId task, Step step, StepIntent.ModelTurn intent) {
        Optional<Turn> turn = step.outcome()
                .filter(StepOutcome.TurnTaken.class::isInstance)
                .map(outcome -> ((StepOutcome.TurnTaken) outcome).turn());
        Optional<ErrorDocument> error = step.outcome()
                .filter(StepOutcome.TurnFailed.class::isInstance)
                .map(outcome -> ErrorDocument.of(((StepOutcome.TurnFailed) outcome).error()));
        return new StepDocument(
                step.number(),
                "model",
                step.outcome().isPresent() ? ended(error.isPresent()) : "running",
                step.attempt(),
                step.startedAt(),
                step.finishedAt(),
                duration(step),
                Optional.of(ResponseId.ofStep(task, step.number()).value()),
                Optional.of(
                        turn.map(Turn::model).filter(name -> !name.isEmpty()).orElse(intent.model())),
                turn.map(Turn::text),
                turn.filter(ToolCalls.class::isInstance)
                        .map(calls -> ((ToolCalls) calls)
                                .calls().stream().map(CallDocument::of).toList()),
                turn.map(Turn::usage).map(TurnUsageDocument::of),
                error,
                Optional.of(intent.leftOut()).filter(characters -> characters > 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static StepDocument toolExecution(TaskId task, Step step, ToolCall call, String open) {
        Optional<ToolResult> result = step.outcome()
                .filter(StepOutcome.ToolReturned.class::isInstance)
                .map(outcome -> ((StepOutcome.ToolReturned) outcome).result());
        return new StepDocument(
                step.number(),
                "tool",
                result.map(returned -> ended(returned.failed())).orElse(open),
                step.attempt(),
                step.startedAt(),
                step.finishedAt(),
                duration(step),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(task.value() + "." + step.number()),
                Optional.of(task.value()),
                Optional.of(call.callId()),
                Optional.of(call.toolName()),
                Optional.of(call.arguments().toString()),
                result.map(ToolResult::text),
                duration(step),
                result.filter(ToolResult::truncated).map(ToolResult::truncated));
    }

    private static String ended(boolean failed) {
        return failed ? "failed" : "succeeded";
    }

    private static Optional<Duration> duration(Step step) {
        return step.finishedAt().map(end -> Duration.between(step.startedAt(), end));
    }

    /** A tool call that a model asked for. */
    @RegisterForReflection
    @Schema(name = "ToolCall")
    public record CallDocument(String callId, String toolName, JsonNode arguments) {

        static CallDocument of(ToolCall call) {
            return new CallDocument(call.callId(), call.toolName(), call.arguments());
        }
    }

    /** What one turn used. */
    @RegisterForReflection
    @Schema(name = "TurnUsage")
    public record TurnUsageDocument(
            long inputTokens, long cachedTokens, long outputTokens, long thoughtTokens, double costUsd) {

        static TurnUsageDocument of(Usage usage) {
            return new TurnUsageDocument(
                    usage.inputTokens(),
                    usage.cachedTokens(),
                    usage.outputTokens(),
                    usage.thoughtTokens(),
                    usage.costMicros() / 1e6);
        }
    }
}
