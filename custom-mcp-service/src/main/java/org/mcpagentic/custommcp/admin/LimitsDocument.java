package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.Limits;

/** How much a key's holders may do, on the wire. What is left out is not limited. */
@RegisterForReflection
@Schema(name = "KeyLimits", description = "what is left out is not limited")
public record LimitsDocument(
        @Schema(
                description = "so many in a row too, then evenly spread",
                minimum = "1",
                maximum = "1000000",
                examples = "600")
        Optional<@Min(1) @Max(1_000_000) Integer> requestsPerMinute,

        @Schema(
                description = "tasks that are queued, running or waiting at once",
                minimum = "1",
                maximum = "1000000",
                examples = "20")
        Optional<@Min(1) @Max(1_000_000) Integer> concurrentTasks,

        @Schema(description = "questions that are answered at once", minimum = "1", maximum = "100000", examples = "10")
        Optional<@Min(1) @Max(100_000) Integer> concurrentQuestions,

        @Schema(description = "tokens read and written in a day of UTC", minimum = "0", examples = "1000000")
        Optional<@Min(0) @Max(MOST_TOKENS) Long> tokensPerDay,

        @Schema(
                description = "US dollars in a day of UTC",
                minimum = "0",
                maximum = "1000000000",
                multipleOf = 0.000001,
                examples = "12.5")
        Optional<
                        @DecimalMin(value = "0", message = DOLLARS) @DecimalMax(value = "1000000000", message = DOLLARS)
                        @Digits(integer = 10, fraction = MICRO, message = DOLLARS) BigDecimal>
                costPerDay) {

    static final LimitsDocument NONE = new LimitsDocument(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final long MOST_TOKENS = 1_000_000_000_000_000L;
    private static final int MICRO = 6;
    private static final String DOLLARS = "must be 0 to 1000000000 US dollars with at most 6 decimals";

    static LimitsDocument of(Limits limits) {
        return new LimitsDocument(
                boxed(limits.requestsPerMinute()),
                boxed(limits.concurrentTasks()),
                boxed(limits.concurrentQuestions()),
                boxed(limits.tokensPerDay()),
                boxed(limits.costMicrosPerDay()).map(LimitsDocument::dollars));
    }

    Limits limits() {
        return new Limits(
                requestsPerMinute.map(OptionalInt::of).orElse(OptionalInt.empty()),
                concurrentTasks.map(OptionalInt::of).orElse(OptionalInt.empty()),
                concurrentQuestions.map(OptionalInt::of).orElse(OptionalInt.empty()),
                tokensPerDay.map(OptionalLong::of).orElse(OptionalLong.empty()),
                costPerDay
                        .map(dollars ->
                                OptionalLong.of(dollars.movePointRight(MICRO).longValueExact()))
                        .orElse(OptionalLong.empty()));
    }

    /** Without zeros at the end, and without an exponent. */
    private static BigDecimal dollars(long micros) {
        BigDecimal shortest = BigDecimal.valueOf(micros, MICRO).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static Optional<Integer> boxed(OptionalInt limit) {
        return limit.isPresent() ? Optional.of(limit.getAsInt()) : Optional.empty();
    }

    private static Optional<Long> boxed(OptionalLong limit) {
        return limit.isPresent() ? Optional.of(limit.getAsLong()) : Optional.empty();
    }
}
