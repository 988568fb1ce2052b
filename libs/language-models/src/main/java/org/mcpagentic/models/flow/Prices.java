package org.mcpagentic.models.flow;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.mcpagentic.agent.model.Usage;

/**
 * What a model's tokens cost.
 *
 * @param usual for prompts of usual length
 * @param longPrompts for prompts that are longer than a bound, where they cost more
 */
public record Prices(Rates usual, Optional<LongPrompts> longPrompts) {

    public static final Prices FREE =
            new Prices(new Rates(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO), Optional.empty());

    /**
     * US dollars for a million tokens, each 0 or more.
     *
     * @param input of tokens read
     * @param cachedInput of tokens read from the provider's cache
     * @param output of tokens written, thoughts included
     */
    public record Rates(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

        public Rates {
            if (input.signum() < 0 || cachedInput.signum() < 0 || output.signum() < 0) {
                throw new IllegalArgumentException("a price is never negative");
            }
        }
    }

    /** @param above prompts of more tokens than this cost the other rates, all of their tokens */
    public record LongPrompts(long above, Rates rates) {}

    /** The cost in micro-dollars; what is not whole is rounded up. */
    public long of(Usage usage) {
        Rates rates = longPrompts
                .filter(more -> usage.inputTokens() > more.above())
                .map(LongPrompts::rates)
                .orElse(usual);
        // why no division: dollars for a million tokens are micro-dollars for one
        return rates.input()
                .multiply(BigDecimal.valueOf(usage.inputTokens() - usage.cachedTokens()))
                .add(rates.cachedInput().multiply(BigDecimal.valueOf(usage.cachedTokens())))
                .add(rates.output().multiply(BigDecimal.valueOf(usage.outputTokens())))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }
}
