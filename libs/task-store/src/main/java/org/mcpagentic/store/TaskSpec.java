package org.mcpagentic.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for; never changes once the task exists.
 *
 * @param input what the model is given, not blank
 * @param tools names of the tools that the model may use
 * @param model the model that was asked for; the configured one where nothing was
 * @param labels the caller's own key-value pairs
 * @param retryOf the task that this one repeats
 * @param scheduleId the schedule that made it
 * @param timeout how long it may take from when it is first queued, more than zero; without one it may take for ever, as
 *     far as the worker's own limits let it
 * @param traceparent W3C trace context of the request that made it
 * @param budgets what its models' turns count on, as they were when it was made
 */
public record TaskSpec(
        TenantId tenant,
        OwnerId owner,
        SessionId session,
        Priority priority,
        String input,
        List<String> tools,
        Optional<String> model,
        Map<String, String> labels,
        Optional<TaskId> retryOf,
        Optional<String> scheduleId,
        Optional<Duration> timeout,
        Optional<String> traceparent,
        List<DailyBudget> budgets) {

    public TaskSpec {
        if (input.isBlank()) {
            throw new IllegalArgumentException("a task's input is not blank");
        }
        if (timeout.filter(time -> !time.isPositive()).isPresent()) {
            throw new IllegalArgumentException("a task's timeout is more than zero");
        }
        tools = List.copyOf(tools);
        labels = Map.copyOf(labels);
        budgets = List.copyOf(budgets);
    }
}
