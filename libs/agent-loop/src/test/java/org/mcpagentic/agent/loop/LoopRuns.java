package org.mcpagentic.agent.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.DataFrame;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TenantId;

/** Tasks for tests of the loop, and how they are run. */
final class LoopRuns {

    static final TaskId ID = new TaskId("t0-00000000000000000000000000");

    private LoopRuns() {}

    static ClaimedTask task(List<String> tools) {
        return task(tools, Optional.empty());
    }

    static ClaimedTask task(List<String> tools, Optional<String> model) {
        return task(tools, model, 1);
    }

    static ClaimedTask task(List<String> tools, Optional<String> model, int attempt) {
        return task(tools, model, attempt, Duration.ZERO, Optional.empty());
    }

    static ClaimedTask task(
            List<String> tools, Optional<String> model, int attempt, Duration elapsed, Optional<Duration> left) {
        TaskSpec spec = new TaskSpec(
                TenantId.DEFAULT,
                new OwnerId("local"),
                new SessionId("session-1"),
                Priority.NORMAL,
                "do it",
                tools,
                model,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new ClaimedTask(new Claim(ID, spec.tenant(), attempt, "token"), spec, false, elapsed, left);
    }

    /** Runs behind what the journal holds. */
    static Conclusion run(
            ScriptedModel model, MemoryJournal journal, LoopLimits limits, InstantSource clock, Tool... tools) {
        Toolbox toolbox = new Toolbox(List.of(tools), OutputFilter.NONE);
        List<String> names =
                toolbox.specs(TenantId.DEFAULT).stream().map(ToolSpec::name).toList();
        Duration elapsed = journal.steps().isEmpty() ? Duration.ZERO : Duration.between(Instant.EPOCH, clock.instant());
        return new AgentLoop(Models.only(model), toolbox, limits, clock, InstantSource.fixed(Instant.EPOCH))
                .run(
                        task(names, Optional.empty(), 1, elapsed, Optional.empty()),
                        journal.steps(),
                        journal,
                        deaf(),
                        new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    static String failureOf(Conclusion conclusion) {
        return ((Ending.Failed) conclusion.ending()).error().code();
    }

    /** What tools returned, as the last prompt has it, without the frames. */
    static List<Message.ToolMessage> results(ScriptedModel model) {
        return model.prompts().getLast().messages().stream()
                .filter(Message.ToolMessage.class::isInstance)
                .map(Message.ToolMessage.class::cast)
                .map(result -> new Message.ToolMessage(
                        result.callId(), result.toolName(), DataFrame.contentOf(result.text()), result.failed()))
                .toList();
    }

    /** Hears nothing. */
    static StepListener deaf() {
        return new Deaf();
    }

    private record Deaf() implements StepListener {
        @Override
        public void textArrived(int step, String text) {}

        @Override
        public void modelAnswered(String model, Duration took, Usage usage) {}

        @Override
        public void modelFailed(String model, Duration took) {}

        @Override
        public void toolReturned(String tool, Duration took, boolean failed) {}
    }
}
