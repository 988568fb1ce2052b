package org.mcpagentic.agent.model;

import java.io.Serializable;

/**
 * What a model's turn used.
 *
 * @param inputTokens tokens read, cached ones included, 0 or more
 * @param cachedTokens tokens read from the provider's cache, 0 to {@code inputTokens}
 * @param outputTokens tokens written, thoughts included, 0 or more
 * @param thoughtTokens tokens of thoughts, which are written and not shown, 0 to {@code outputTokens}
 * @param costMicros cost in micro-dollars (1/1,000,000 USD), 0 or more
 */
public record Usage(long inputTokens, long cachedTokens, long outputTokens, long thoughtTokens, long costMicros)
        implements Serializable {

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    public Usage {
        if (cachedTokens < 0 || inputTokens < cachedTokens || thoughtTokens < 0 || outputTokens < thoughtTokens) {
            throw new IllegalArgumentException("cached tokens are a part of the input, thoughts a part of the output");
        }
        if (costMicros < 0) {
            throw new IllegalArgumentException("usage is never negative");
        }
    }

    /** Without cache and thoughts. */
    public Usage(long inputTokens, long outputTokens, long costMicros) {
        this(inputTokens, 0, outputTokens, 0, costMicros);
    }

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                outputTokens + other.outputTokens,
                thoughtTokens + other.thoughtTokens,
                costMicros + other.costMicros);
    }

    public Usage withCost(long micros) {
        return new Usage(inputTokens, cachedTokens, outputTokens, thoughtTokens, micros);
    }
}
