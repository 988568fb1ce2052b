package org.mcpagentic.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** Tasks as the store would return them, written as words. */
public final class EndedTasks {

    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private EndedTasks() {}

    /** The id of a task of shard 0. */
    public static TaskId id(int number) {
        return id(0, number);
    }

    public static TaskId id(int shard, int number) {
        return new TaskId("t%s-%025d".formatted(Integer.toString(shard, Character.MAX_RADIX), number));
    }

    public static TaskHistory succeeded(TaskId id, Instant finished, String result, JournalEntry... journal) {
        return ended(id, "acme", finished, new TaskState.Succeeded(result), journal);
    }

    public static TaskHistory ended(
            TaskId id, String tenant, Instant finished, TaskState state, JournalEntry... journal) {
        TaskSpec spec = new TaskSpec(
                new TenantId(tenant),
                new OwnerId("key:7"),
                new SessionId("session-1"),
                Priority.HIGH,
                "What is 6 × 7?",
                List.of("calculator"),
                Optional.of("offline"),
                Map.of("team", "research", "cost", "low"),
                Optional.of(id(99)),
                Optional.of("nightly"),
                Optional.of(Duration.ofMillis(90_500)),
                Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                List.of());
        Task task = new Task(
                id,
                spec,
                state,
                2,
                finished.minusSeconds(9),
                Optional.of(finished.minusSeconds(8)),
                Optional.of(finished.minusSeconds(7)),
                Optional.of(finished),
                Optional.of(finished.plusSeconds(82)),
                List.of(new Task.Loss(1, "worker-a", Task.Loss.Reason.WORKER_LOST, finished.minusSeconds(3))),
                new TaskUsage(10, 5, 1_234_567, 2, 1));
        return new TaskHistory(task, List.of(journal), 2);
    }

    public static JournalEntry step(int number, String intent, String outcome) {
        return new JournalEntry(
                number, 1, intent, NOON, Optional.of(new JournalEntry.Outcome(outcome, NOON.plusMillis(250))));
    }

    public static List<TaskEvent> events() {
        return List.of(new TaskEvent(1, "task.created", NOON, 0), new TaskEvent(2, "task.succeeded", NOON, 1));
    }
}
