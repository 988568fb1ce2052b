package org.mcpagentic.store;

/**
 * What a task has used so far, repeated calls included.
 *
 * @param inputTokens tokens that models read
 * @param outputTokens tokens that models wrote
 * @param costMicros micro-dollars (1/1,000,000 USD)
 * @param modelCalls model turns that ended, well or not
 * @param toolCalls tool calls that ended, well or not
 */
public record TaskUsage(long inputTokens, long outputTokens, long costMicros, long modelCalls, long toolCalls) {

    public static final TaskUsage NONE = new TaskUsage(0, 0, 0, 0, 0);

    public TaskUsage {
        if (inputTokens < 0 || outputTokens < 0 || costMicros < 0 || modelCalls < 0 || toolCalls < 0) {
            throw new IllegalArgumentException("usage is never negative");
        }
    }

    public TaskUsage plus(TaskUsage other) {
        return new TaskUsage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                costMicros + other.costMicros,
                modelCalls + other.modelCalls,
                toolCalls + other.toolCalls);
    }
}
