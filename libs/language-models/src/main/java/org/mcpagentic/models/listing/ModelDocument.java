package org.mcpagentic.models.listing;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.models.catalogue.ModelDescription;
import org.mcpagentic.models.flow.Prices;

/** A model on the wire. What it does not have is left out. */
@RegisterForReflection
@Schema(name = "Model")
public record ModelDocument(
        String name,

        @Schema(enumeration = {"gemini", "openai", "offline"})
        String provider,

        @Schema(description = "what the provider calls it") String modelId,

        @Schema(description = "whether it answers where nobody names another")
        boolean chosen,

        @Schema(description = "whether it can be asked") boolean available,

        @Schema(description = "what it lacks where it cannot be asked")
        Optional<String> unavailableReason,

        @Schema(description = "most tokens of one turn") long contextTokens,

        @Schema(description = "most tokens of one answer") Optional<Integer> maxOutputTokens,

        Optional<PriceDocument> price,

        @Schema(description = "the models that answer in its place where it cannot, in this order")
        List<String> fallback) {

    static ModelDocument of(ModelDescription model) {
        return new ModelDocument(
                model.name(),
                model.provider(),
                model.id(),
                model.chosen(),
                model.missing().isEmpty(),
                model.missing(),
                model.contextTokens(),
                model.maxOutputTokens(),
                model.prices().map(PriceDocument::of),
                model.fallback());
    }

    /** US dollars for a million tokens. */
    @RegisterForReflection
    @Schema(name = "Price")
    public record PriceDocument(
            BigDecimal input,
            BigDecimal cachedInput,
            BigDecimal output,
            Optional<LongPromptPriceDocument> longPrompts) {

        static PriceDocument of(Prices prices) {
            return new PriceDocument(
                    prices.usual().input(),
                    prices.usual().cachedInput(),
                    prices.usual().output(),
                    prices.longPrompts().map(LongPromptPriceDocument::of));
        }
    }

    /** What prompts of more tokens than {@code above} cost, with all of their tokens. */
    @RegisterForReflection
    @Schema(name = "LongPromptPrice")
    public record LongPromptPriceDocument(long above, BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

        static LongPromptPriceDocument of(Prices.LongPrompts prices) {
            return new LongPromptPriceDocument(
                    prices.above(),
                    prices.rates().input(),
                    prices.rates().cachedInput(),
                    prices.rates().output());
        }
    }

    /** All models. */
    @RegisterForReflection
    @Schema(name = "ModelList")
    public record ModelList(List<ModelDocument> items) {}
}
