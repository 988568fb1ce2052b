package org.mcpagentic.custommcp.support;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.WorkQueue;
import org.mcpagentic.testsupport.ScriptedModel;

/** Workers of other processes that die, while the service's own worker has its only slot full. */
@Singleton
public class LostWorkers {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TURN = "{\"kind\":\"model\",\"model\":\"offline\"}";
    private static final String CALL =
            "\"call_id\":\"c1\",\"tool_name\":\"post_note\",\"arguments\":{\"text\":\"hello\"}";

    private final WorkQueue queue;
    private final ScriptedModel model;

    LostWorkers(WorkQueue queue, ScriptedModel model) {
        this.queue = queue;
        this.model = model;
    }

    /** A task that waits for a person: its worker was lost while it posted a note, in step 2. */
    public String aTaskThatWaits(String input) {
        model.play(input, before -> Multi.createFrom().item(ScriptedModel.answer("done with " + input)));
        CompletableFuture<ModelEvent> end = occupy();
        String id = queued(input);
        Claim claim = claim("lost-" + UUID.randomUUID(), id);
        journal(claim, List.of(), new StepEntry(1, TURN, ""));
        journal(
                claim,
                List.of(new StepEntry(
                        1,
                        "{\"kind\":\"tool_calls\",\"model\":\"offline\",\"text\":\"\",\"usage\":{},\"calls\":[{" + CALL
                                + "}]}",
                        "")),
                new StepEntry(
                        2, "{\"kind\":\"tool\",\"side_effects\":\"non_idempotent\"," + CALL + "}", PostNoteTool.NAME));
        await(queue.end(
                claim,
                progress(List.of()),
                new Ending.Suspended(new TaskError("outcome_unknown", "its worker was lost (step 2)"))));
        end.complete(ScriptedModel.answer("go on"));
        return id;
    }

    /** A task that was given up, since every worker that took it died. */
    public String aTaskThatIsGivenUp(String input) {
        CompletableFuture<ModelEvent> end = occupy();
        String id = queued(input);
        while (!Tasks.status(id).equals("failed")) {
            String worker = "lost-" + UUID.randomUUID();
            await(queue.tick(0, worker, 1, UUID.randomUUID().toString(), ""));
            await(queue.leave(worker));
        }
        end.complete(ScriptedModel.answer("go on"));
        return id;
    }

    /** Fills the slot of the service's own worker until the future completes. */
    public CompletableFuture<ModelEvent> occupy() {
        String input = "stand in front " + UUID.randomUUID();
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(
                input,
                before ->
                        Multi.createFrom().completionStage(end).onSubscription().invoke(() -> asked.complete(true)));
        Tasks.queue(Tasks.create(input));
        asked.join();
        return end;
    }

    private static String queued(String input) {
        String id = Tasks.post(Map.of("input", input, "tools", List.of(PostNoteTool.NAME)))
                .then()
                .statusCode(201)
                .extract()
                .path("task_id");
        Tasks.queue(id);
        return id;
    }

    private Claim claim(String worker, String id) {
        return await(queue.tick(0, worker, 1, UUID.randomUUID().toString(), "")).claimed().stream()
                .map(ClaimedTask::claim)
                .filter(claim -> claim.task().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void journal(Claim claim, List<StepEntry> outcomes, StepEntry intent) {
        await(queue.advance(claim, progress(outcomes, intent)));
    }

    private static Progress progress(List<StepEntry> outcomes, StepEntry... intents) {
        return new Progress(
                NUMBERS.incrementAndGet(),
                outcomes,
                List.of(intents),
                TaskUsage.NONE,
                List.of(),
                List.of(),
                Duration.ofSeconds(30));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
