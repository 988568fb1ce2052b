package org.mcpagentic.publicmcp.ask;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A direct question.
 *
 * @param query what the model is given
 */
@RegisterForReflection
@Schema(name = "AskRequest")
public record AskRequest(
        @NotBlank @Size(max = 262_144) @Schema(required = true, examples = "What can you do?")
        String query) {}
