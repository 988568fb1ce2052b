package org.mcpagentic.publicmcp.ask;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.edge.text.FreeText;
import org.mcpagentic.edge.text.PlainText;

/**
 * A direct question.
 *
 * @param query what the model is given
 * @param model the model to ask; the configured one where nothing is given
 */
@RegisterForReflection
@Schema(name = "AskRequest")
public record AskRequest(
        @NotBlank @Size(max = 262_144) @FreeText @Schema(required = true, examples = "What can you do?")
        String query,

        @Schema(description = "name of a model that GET /model lists; the chosen one without it", examples = "offline")
        Optional<@Size(min = 1, max = 64) @PlainText String> model) {}
