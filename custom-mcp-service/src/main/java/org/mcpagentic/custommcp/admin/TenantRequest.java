package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A tenant that somebody wants.
 *
 * @param tenant its name
 */
@RegisterForReflection
@Schema(name = "TenantRequest")
public record TenantRequest(
        @NotNull
        @Pattern(regexp = "[a-z0-9_-]{1,64}", message = "must be 1 to 64 characters of a-z, 0-9, _ and -")
        @Schema(required = true, examples = "acme")
        String tenant) {}
