package org.mcpagentic.custommcp.remote.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.custommcp.remote.Health;
import org.mcpagentic.custommcp.remote.definition.Definition;
import org.mcpagentic.custommcp.remote.registry.Location;
import org.mcpagentic.custommcp.remote.registry.Pin;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;
import org.mcpagentic.store.TenantId;

/** An external server on the wire. What there is not is left out. */
@RegisterForReflection
@Schema(name = "McpServer")
public record McpServerDocument(
        String name,

        @Schema(enumeration = {"configuration", "administrator"})
        String source,

        @Schema(description = "whose it is, where an administrator added it; left out for others")
        Optional<String> tenant,

        @Schema(description = "left out where it is a program, and for those whose server it is not")
        Optional<String> url,

        @Schema(
                description =
                        "whose tasks may use it, * for all; for those whose server it is not, their own tenant alone")
        List<String> tenants,

        boolean hasToken,

        @Schema(description = "seconds that a call may take")
        Duration timeout,

        boolean trustFirst,
        HealthDocument health,
        List<ToolLine> tools) {

    /** How it does, as the replica that answers sees it. */
    @RegisterForReflection
    @Schema(name = "McpServerHealth")
    public record HealthDocument(
            @Schema(
                    enumeration = {"unknown", "well", "failing", "resting"},
                    description = "resting: left alone for a while, since most calls failed")
            String status,

            @Schema(description = "the revision of the protocol that it speaks")
            Optional<String> revision,

            Optional<Instant> checkedAt,
            Optional<String> failure,

            @Schema(description = "what it lists and cannot be used")
            List<Flaw> unusable) {

        static HealthDocument of(Health health) {
            return new HealthDocument(
                    status(health),
                    health.revision(),
                    health.checkedAt(),
                    health.failure(),
                    health.flawed().stream()
                            .map(flaw -> new Flaw(flaw.name(), flaw.why()))
                            .toList());
        }

        private static String status(Health health) {
            if (health.resting()) {
                return "resting";
            }
            if (health.checkedAt().isEmpty()) {
                return "unknown";
            }
            return health.failure().isEmpty() ? "well" : "failing";
        }
    }

    /** A tool that cannot be used. */
    @RegisterForReflection
    @Schema(name = "McpServerFlaw")
    public record Flaw(String tool, String reason) {}

    /**
     * One of its tools.
     *
     * @param tool under which it is read and approved here
     * @param name under which tasks use it
     */
    @RegisterForReflection
    @Schema(name = "McpServerTool")
    public record ToolLine(
            @Schema(description = "as in the paths of this interface")
            String tool,

            @Schema(description = "as tasks name it") String name,

            @Schema(description = "as the server names it") String remoteName,

            @Schema(
                    enumeration = {"approved", "changed", "new", "missing"},
                    description = "only an approved one can be used")
            String status,

            @Schema(description = "whether the server's list of tools to be used, if there is one, has it")
            boolean used,

            @Schema(enumeration = {"read_only", "idempotent", "non_idempotent"})
            String sideEffects,

            @Schema(description = "of what is approved") Optional<String> approvedHash,

            @Schema(description = "of what waits for an approval")
            Optional<String> seenHash) {}

    /** For those whose server it is. */
    static McpServerDocument of(ServerSpec server, Health health, Map<String, Pin> pins) {
        return of(
                server,
                server.id().tenant().map(TenantId::value),
                switch (server.location()) {
                    case Location.Http(String url, boolean inside) -> Optional.of(url);
                    case Location.Program program -> Optional.empty();
                },
                List.copyOf(server.audience().names()),
                health,
                pins);
    }

    /** For a tenant that it is offered to: without where it is, and for whom else. */
    static McpServerDocument offeredTo(TenantId tenant, ServerSpec server, Health health, Map<String, Pin> pins) {
        return of(server, Optional.empty(), Optional.empty(), List.of(tenant.value()), health, pins);
    }

    private static McpServerDocument of(
            ServerSpec server,
            Optional<String> owner,
            Optional<String> url,
            List<String> tenants,
            Health health,
            Map<String, Pin> pins) {
        return new McpServerDocument(
                server.id().name(),
                server.id().tenant().isPresent() ? "administrator" : "configuration",
                owner,
                url,
                tenants,
                server.token().isPresent(),
                server.timeout(),
                server.trustFirst(),
                HealthDocument.of(health),
                pins.entrySet().stream()
                        .map(pin -> line(server, pin.getKey(), pin.getValue()))
                        .toList());
    }

    private static ToolLine line(ServerSpec server, String tool, Pin pin) {
        String remoteName = pin.newest().name();
        return new ToolLine(
                tool,
                server.id().name() + "." + tool,
                remoteName,
                pin.status().name().toLowerCase(Locale.ROOT),
                server.uses(remoteName),
                server.sideEffects()
                        .getOrDefault(remoteName, SideEffects.NON_IDEMPOTENT)
                        .name()
                        .toLowerCase(Locale.ROOT),
                pin.approved().map(Definition::hash),
                pin.seen().map(Definition::hash));
    }
}
