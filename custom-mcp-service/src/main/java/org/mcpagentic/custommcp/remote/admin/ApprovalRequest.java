package org.mcpagentic.custommcp.remote.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What somebody approves.
 *
 * @param hash of exactly the definition that they were shown
 */
@RegisterForReflection
@Schema(name = "McpToolApproval")
public record ApprovalRequest(
        @NotNull
        @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 hexadecimal digits")
        @Schema(required = true, description = "seen_hash of the definition that was shown")
        String hash) {}
