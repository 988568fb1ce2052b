package org.mcpagentic.publicmcp.ask;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.agent.loop.Step;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.store.AiResponse;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.Task;

/** A model's response on the wire. What it does not have is left out. */
@RegisterForReflection
@Schema(name = "Response")
public record ResponseDocument(
        String responseId,
        Optional<String> taskId,
        String prompt,
        String response,

        Duration responseTime,

        String modelUsed,
        Instant createdAt,
        String sessionId,
        UsageDocument usage) {

    public static ResponseDocument of(AiResponse response) {
        return new ResponseDocument(
                response.id().value(),
                Optional.empty(),
                response.prompt(),
                response.text(),
                response.responseTime(),
                response.model(),
                response.createdAt(),
                response.session().value(),
                new UsageDocument(response.inputTokens(), response.outputTokens(), response.costMicros() / 1e6));
    }

    /**
     * A model's turn within a task.
     *
     * @param prompt what was added since the turn before
     * @param finishedAt when the turn was taken
     */
    static ResponseDocument of(Task task, Step step, Turn turn, String model, String prompt, Instant finishedAt) {
        return new ResponseDocument(
                ResponseId.ofStep(task.id(), step.number()).value(),
                Optional.of(task.id().value()),
                prompt,
                turn.text(),
                Duration.between(step.startedAt(), finishedAt),
                model,
                step.startedAt(),
                task.spec().session().value(),
                new UsageDocument(
                        turn.usage().inputTokens(),
                        turn.usage().outputTokens(),
                        turn.usage().costMicros() / 1e6));
    }

    /** What the response used. */
    @RegisterForReflection
    @Schema(name = "ResponseUsage")
    public record UsageDocument(long inputTokens, long outputTokens, double costUsd) {}
}
