package org.mcpagentic.custommcp.remote.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An external server that somebody wants.
 *
 * @param timeout seconds that a call may take
 */
@RegisterForReflection
@Schema(name = "McpServerRequest")
public record McpServerRequest(
        @NotNull
        @Schema(
                required = true,
                description = "what the names of its tools begin with: 1 to 24 characters of a-z, 0-9, _ and -",
                examples = "weather")
        String name,

        @NotNull
        @Size(min = 1, max = 4_096)
        @Schema(
                required = true,
                description = "where it is asked over Streamable HTTP",
                examples = "https://mcp.weather.gov/mcp")
        String url,

        @Schema(description = "whose it is; another one than the caller's own needs the scope platform")
        Optional<@Size(min = 1, max = 64) String> tenant,

        @Schema(
                description =
                        "whose tasks may use it, * for all; others than the owner need the scope platform. The owner where nothing is given")
        Optional<@Size(max = 200) List<@NotNull String>> tenants,

        @Schema(description = "the bearer token that it knows us by; never shown again")
        Optional<@Size(min = 1, max = 8_192) String> token,

        @Schema(
                description = "seconds that a call may take",
                minimum = "0.1",
                maximum = "600",
                defaultValue = "30",
                examples = "30")
        Optional<BigDecimal> timeout,

        @Schema(description = "its names of those of its tools that are used; all where nothing is given")
        Optional<@Size(max = 128) List<@NotNull @Size(min = 1, max = 128) String>> tools,

        @Schema(
                description =
                        "what a repeated call of a tool does, by its name there: read_only, idempotent or non_idempotent, which it is otherwise")
        Optional<@Size(max = 128) Map<@Size(min = 1, max = 128) String, @NotNull String>> sideEffects,

        @Schema(
                description =
                        "whether what is found at the first look is approved by that; what comes or changes later never is",
                defaultValue = "true")
        Optional<Boolean> trustFirst) {

    /** Without the token. */
    @Override
    public String toString() {
        return "McpServerRequest[" + name + "]";
    }
}
