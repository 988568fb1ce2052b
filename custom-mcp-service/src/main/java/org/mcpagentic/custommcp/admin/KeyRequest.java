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
 * A key that somebody wants.
 *
 * @param name for people
 * @param scopes what it may do
 * @param tenant the caller's own where nothing is given
 * @param expiresAt a time, or {@code never}
 */
@RegisterForReflection
@Schema(name = "KeyRequest")
public record KeyRequest(
        @NotNull
        @Pattern(regexp = NewApiKey.NAME, message = NAME)
        @Schema(
                required = true,
                minLength = 1,
                maxLength = 100,
                pattern = "",
                description = "for people; printable characters",
                examples = "build server")
        String name,

        @NotNull
        @Size(min = 1, max = MOST_SCOPES)
        @Schema(
                required = true,
                description =
                        "what it may do: tasks:read, tasks:write, approvals:decide, ask, statistics:read, tools:* or"
                                + " tools:NAME, metrics:read, audit:read, admin, platform",
                examples = "[\"tasks:read\", \"tasks:write\", \"tools:calculator\"]")
        List<@NotNull String> scopes,

        @Schema(
                description = "whose it is; another one than the caller's own needs the scope platform",
                examples = "acme")
        Optional<@Size(min = 1, max = 64) String> tenant,

        Optional<@Valid LimitsDocument> limits,

        @Schema(description = TIME, examples = "2027-12-31T23:59:59Z")
        Optional<String> expiresAt) {

    static final int MOST_SCOPES = 200;
    static final String NAME = "must be 1 to 100 printable characters";
    static final String TIME = "when it ends by itself, as in RFC 3339, or never";
}
