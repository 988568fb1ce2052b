package org.mcpagentic.custommcp.remote.admin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.tenant.Tenants;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.remote.RemoteServers;
import org.mcpagentic.custommcp.remote.registry.Audience;
import org.mcpagentic.custommcp.remote.registry.Location;
import org.mcpagentic.custommcp.remote.registry.Pin;
import org.mcpagentic.custommcp.remote.registry.RemoteStore;
import org.mcpagentic.custommcp.remote.registry.ServerId;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.TenantId;

/**
 * What administrators can do with external servers. Without the scope {@code platform} they know those of their own tenant and those
 * that are offered to it, and change the former only; what they may not see looks unknown.
 */
@ApplicationScoped
class McpServerService {

    private static final String SERVER = "MCP server";
    private static final BigDecimal LEAST_SECONDS = new BigDecimal("0.1");
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(600);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private final RemoteServers servers;
    private final RemoteStore store;
    private final AuditLog audit;
    private final AccessConfig access;
    private final Tenants tenants;

    McpServerService(RemoteServers servers, RemoteStore store, AuditLog audit, AccessConfig access, Tenants tenants) {
        this.servers = servers;
        this.store = store;
        this.audit = audit;
        this.access = access;
        this.tenants = tenants;
    }

    /** Adds a server and looks at it. */
    Uni<McpServerDocument> add(Principal caller, McpServerRequest request) {
        ServerSpec server = spec(caller, request);
        if (servers.all().stream()
                .anyMatch(known -> known.id().tenant().isEmpty()
                        && known.id().name().equals(server.id().name()))) {
            throw taken();
        }
        return refuseUnlessThere(caller, server)
                .chain(there -> store.add(server))
                .invoke(added -> {
                    switch (added) {
                        case ADDED -> {}
                        case TAKEN -> throw taken();
                        case TOO_MANY ->
                            throw new ProblemException(
                                    ProblemCode.ILLEGAL_TRANSITION,
                                    "there are as many external servers as there may be; remove one first");
                    }
                })
                .call(added -> audit.append(McpServerEvents.added(caller, server)))
                .chain(servers::reload)
                .chain(() -> servers.look(server.id()))
                .map(looked -> document(caller, server));
    }

    private Uni<Boolean> refuseUnlessThere(Principal caller, ServerSpec server) {
        TenantId tenant = server.id().tenant().orElseThrow();
        return tenant.equals(caller.tenant())
                ? Uni.createFrom().item(true)
                : tenants.find(tenant).map(known -> {
                    if (known.isEmpty()) {
                        throw ProblemException.notFound("tenant");
                    }
                    return true;
                });
    }

    McpServerList list(Principal caller) {
        return new McpServerList(
                visible(caller).stream().map(server -> document(caller, server)).toList());
    }

    McpServerDocument find(Principal caller, String name, Optional<String> tenant) {
        return document(caller, known(caller, name, tenant));
    }

    Uni<Void> remove(Principal caller, String name, Optional<String> tenant) {
        ServerSpec server = known(caller, name, tenant);
        if (server.id().tenant().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.ILLEGAL_TRANSITION, "the server is named by the configuration; remove it there");
        }
        refuseUnlessOwned(caller, server);
        return store.remove(server.id())
                .call(removed -> audit.append(McpServerEvents.removed(caller, server.id())))
                .chain(servers::reload);
    }

    /** Looks at it now. */
    Uni<McpServerDocument> check(Principal caller, String name, Optional<String> tenant) {
        ServerSpec server = known(caller, name, tenant);
        return servers.look(server.id()).map(looked -> document(caller, server));
    }

    McpToolDocument tool(Principal caller, String name, Optional<String> tenant, String tool) {
        return McpToolDocument.of(tool, pin(known(caller, name, tenant), tool));
    }

    Uni<McpToolDocument> approve(
            Principal caller, String name, Optional<String> tenant, String tool, ApprovalRequest request) {
        ServerSpec server = known(caller, name, tenant);
        refuseUnlessOwned(caller, server);
        Pin pin = pin(server, tool);
        return store.approve(server.id(), pin.newest().name(), request.hash())
                .invoke(approved -> {
                    switch (approved) {
                        case APPROVED -> {}
                        case UNKNOWN -> throw ProblemException.notFound("tool");
                        case OUTDATED ->
                            throw new ProblemException(
                                    ProblemCode.ILLEGAL_TRANSITION,
                                    "the tool's definition that waits has another hash; read it again");
                    }
                })
                .call(approved -> audit.append(McpServerEvents.approved(caller, server.id(), tool, request.hash())))
                .chain(servers::reload)
                .map(reloaded -> McpToolDocument.of(tool, pin(server, tool)));
    }

    private McpServerDocument document(Principal caller, ServerSpec server) {
        return servers.health(server.id())
                .map(health -> isOwner(caller, server)
                        ? McpServerDocument.of(server, health, servers.pins(server.id()))
                        : McpServerDocument.offeredTo(caller.tenant(), server, health, servers.pins(server.id())))
                .orElseThrow(() -> ProblemException.notFound(SERVER));
    }

    private Pin pin(ServerSpec server, String tool) {
        Pin pin = servers.pins(server.id()).get(tool);
        if (pin == null) {
            throw ProblemException.notFound("tool");
        }
        return pin;
    }

    private List<ServerSpec> visible(Principal caller) {
        return servers.all().stream()
                .filter(server -> isOwner(caller, server) || server.audience().includes(caller.tenant()))
                .sorted(Comparator.comparing((ServerSpec server) -> server.id().name())
                        .thenComparing(server -> server.id().toString()))
                .toList();
    }

    /** The server of that name that is meant: of the tenant, of the configuration, or of others. */
    private ServerSpec known(Principal caller, String name, Optional<String> tenant) {
        Optional<TenantId> wanted = tenant.map(McpServerService::tenantParameter);
        return visible(caller).stream()
                .filter(server -> server.id().name().equals(name))
                .filter(server -> wanted.isEmpty() || server.id().tenant().equals(wanted))
                .min(Comparator.comparing(server -> rank(caller, server)))
                .orElseThrow(() -> ProblemException.notFound(SERVER));
    }

    private static int rank(Principal caller, ServerSpec server) {
        return server.id()
                .tenant()
                .map(owner -> owner.equals(caller.tenant()) ? 0 : 2)
                .orElse(1);
    }

    private static boolean isOwner(Principal caller, ServerSpec server) {
        return caller.rights().allow(Scope.PLATFORM)
                || server.id().tenant().filter(caller.tenant()::equals).isPresent();
    }

    private static void refuseUnlessOwned(Principal caller, ServerSpec server) {
        if (!isOwner(caller, server)) {
            throw new ProblemException(
                    ProblemCode.INSUFFICIENT_SCOPE,
                    "the server is not of the caller's tenant, so this needs the scope " + Scope.PLATFORM);
        }
    }

    private ServerSpec spec(Principal caller, McpServerRequest request) {
        if (!ServerId.isName(request.name())) {
            throw ProblemException.invalid("name", "must be " + ServerId.NAME);
        }
        TenantId tenant = request.tenant().map(McpServerService::tenantField).orElse(caller.tenant());
        boolean platform = caller.rights().allow(Scope.PLATFORM);
        if (!tenant.equals(caller.tenant()) && !platform) {
            throw ProblemException.notFound("tenant");
        }
        return new ServerSpec(
                new ServerId(Optional.of(tenant), request.name()),
                location(request),
                request.token(),
                audience(request, tenant, platform),
                request.timeout().map(McpServerService::timeout).orElse(USUAL_TIMEOUT),
                request.tools().map(Set::copyOf),
                sideEffects(request.sideEffects().orElse(Map.of())),
                request.trustFirst().orElse(true));
    }

    private Location location(McpServerRequest request) {
        boolean inside;
        try {
            inside = servers.admit(request.url());
        } catch (ToolFailure refused) {
            throw ProblemException.invalid("url", "is refused: " + refused.getMessage());
        }
        if (request.token().isPresent()) {
            if (!inside && !request.url().toLowerCase(Locale.ROOT).startsWith("https:")) {
                throw ProblemException.invalid("token", "is sent over https only");
            }
            if (!request.token().get().matches("[!-~]+")) {
                throw ProblemException.invalid("token", "must be printable ASCII characters without blanks");
            }
            if (access.secret().isEmpty()) {
                throw ProblemException.invalid("token", "can only be kept where ACCESS_SECRET is set");
            }
        }
        return new Location.Http(request.url(), inside);
    }

    private static Audience audience(McpServerRequest request, TenantId owner, boolean platform) {
        List<String> names = request.tenants().orElse(List.of(owner.value()));
        if (!platform && !names.equals(List.of(owner.value()))) {
            throw ProblemException.invalid("tenants", "can name others than the owner only with the scope platform");
        }
        try {
            return new Audience(new TreeSet<>(names));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "tenants", "must each be 1 to 64 characters of a-z, 0-9, _ and -, or an asterisk");
        }
    }

    private static Duration timeout(BigDecimal seconds) {
        if (seconds.compareTo(LEAST_SECONDS) < 0 || seconds.compareTo(MOST_SECONDS) > 0) {
            throw ProblemException.invalid("timeout", "must be 0.1 to 600 seconds");
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private static Map<String, SideEffects> sideEffects(Map<String, String> wanted) {
        Map<String, SideEffects> effects = new HashMap<>();
        wanted.forEach((tool, name) -> effects.put(
                tool,
                switch (name) {
                    case "read_only" -> SideEffects.READ_ONLY;
                    case "idempotent" -> SideEffects.IDEMPOTENT;
                    case "non_idempotent" -> SideEffects.NON_IDEMPOTENT;
                    default ->
                        throw ProblemException.invalid(
                                "side_effects", "must each be read_only, idempotent or non_idempotent");
                }));
        return effects;
    }

    private static TenantId tenantField(String name) {
        try {
            return new TenantId(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("tenant", "must be 1 to 64 characters of a-z, 0-9, _ and -");
        }
    }

    private static TenantId tenantParameter(String name) {
        try {
            return new TenantId(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.BAD_PARAMETER, "the parameter tenant is 1 to 64 characters of a-z, 0-9, _ and -");
        }
    }

    private static ProblemException taken() {
        return new ProblemException(
                ProblemCode.ILLEGAL_TRANSITION, "there is an external server of that name; remove it first");
    }
}
