package org.mcpagentic.agent.model;

/**
 * What a model's turn used.
 *
 * @param inputTokens tokens read, 0 or more
 * @param outputTokens tokens written, thoughts included, 0 or more
 * @param costMicros cost in micro-dollars (1/1,000,000 USD), 0 or more
 */
public record Usage(long inputTokens, long outputTokens, long costMicros) {

    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage {
        if (inputTokens < 0 || outputTokens < 0 || costMicros < 0) {
            throw new IllegalArgumentException("usage is never negative");
        }
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens, outputTokens + other.outputTokens, costMicros + other.costMicros);
    }
}
