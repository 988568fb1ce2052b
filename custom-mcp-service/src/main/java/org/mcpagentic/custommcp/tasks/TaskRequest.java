package org.mcpagentic.custommcp.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.edge.text.FreeText;
import org.mcpagentic.edge.text.PlainText;

/**
 * A task that somebody wants done.
 *
 * @param input what the model is given
 * @param tools names of the tools that the model may use
 * @param model the model to ask; the configured one where nothing is given
 * @param priority the lane to wait in
 * @param labels the caller's own key-value pairs
 * @param timeout seconds from queued to its end; as long as the worker lets it where nothing is given
 */
@RegisterForReflection
@Schema(name = "TaskRequest")
public record TaskRequest(
        @NotBlank @Size(max = 262_144) @FreeText @Schema(required = true, examples = "What is 17.5% of 2,480?")
        String input,

        @Schema(description = "names of tools that the model may use", examples = "[\"calculator\"]")
        Optional<@Size(max = 64) List<@NotNull @Size(min = 1, max = 64) @PlainText String>> tools,

        @Schema(description = "name of a model that GET /model lists; the chosen one without it", examples = "offline")
        Optional<@Size(min = 1, max = 64) @PlainText String> model,

        @Schema(
                enumeration = {"high", "normal", "low"},
                defaultValue = "normal")
        Optional<@Pattern(regexp = "high|normal|low", message = "must be high, normal or low") String> priority,

        Optional<
                        @Size(max = 32) Map<
                                @Pattern(
                                        regexp = "[A-Za-z0-9._/-]{1,64}",
                                        message = "a label's name is 1 to 64 characters of A-Z, a-z, 0-9 and . _ / -")
                                String,
                                @NotNull @Size(max = 256) @PlainText String>>
                labels,

        @Schema(
                description = "seconds that it may take from queued to its end; then it fails with deadline_exceeded",
                minimum = "0.001",
                maximum = "2592000",
                examples = "90")
        Optional<
                        @DecimalMin(value = "0.001", message = SECONDS)
                        @DecimalMax(value = "2592000", message = SECONDS) BigDecimal>
                timeout) {

    private static final String SECONDS = "must be 0.001 to 2592000 seconds";
}
