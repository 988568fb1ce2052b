package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.credential.NewApiKey;

/**
 * What is to become of a key. What is left out, or null, stays.
 *
 * @param scopes in place of those it has
 * @param limits in place of those it has, all of them
 * @param expiresAt a time, or {@code never}
 */
@RegisterForReflection
@Schema(name = "KeyPatch", description = "what is left out stays")
public record KeyPatch(
        @Schema(minLength = 1, maxLength = 100)
        Optional<@Pattern(regexp = NewApiKey.NAME, message = KeyRequest.NAME) String> name,

        @Schema(description = "in place of those it has")
        Optional<@Size(min = 1, max = KeyRequest.MOST_SCOPES) List<@NotNull String>> scopes,

        @Schema(description = "in place of those it has, all of them")
        Optional<@Valid LimitsDocument> limits,

        @Schema(description = KeyRequest.TIME, examples = "never")
        Optional<String> expiresAt) {}
