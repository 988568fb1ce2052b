package org.mcpagentic.edge.resource;

import io.quarkus.arc.All;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Arrivals;
import org.mcpagentic.edge.access.Challenges;
import org.mcpagentic.edge.access.EdgeConfig;
import org.mcpagentic.edge.oidc.OidcBearerTokens;
import org.mcpagentic.edge.oidc.OidcConfig;

/**
 * This service as an OAuth protected resource. There is metadata only where an OpenID provider is trusted: a client that is
 * pointed at none asks its person for a key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728</a>
 */
@ApplicationScoped
public class ProtectedResource implements Challenges {

    /** Where the metadata is, below the service's address. */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** Where MCP is served, below the service's address: the resource that tokens are asked for. */
    public static final String MCP = OidcBearerTokens.MCP;

    private final Optional<String> publicUrl;
    private final Arrivals arrivals;
    private final Optional<String> issuer;
    private final List<String> scopes;

    ProtectedResource(EdgeConfig edge, Arrivals arrivals, OidcConfig oidc, @All List<OfferedScopes> offered) {
        this.arrivals = arrivals;
        this.publicUrl = edge.publicUrl();
        this.issuer = oidc.issuer();
        this.scopes = offered.stream()
                .flatMap(some -> some.scopes().stream())
                .map(Scope::value)
                .toList();
    }

    /** The metadata as the request's sender is to see it; nothing where no OpenID provider is trusted. */
    public Optional<ResourceMetadata> metadata(HttpServerRequest request) {
        return issuer.flatMap(trusted -> address(request)
                .map(address -> new ResourceMetadata(address + MCP, List.of(trusted), scopes, List.of("header"))));
    }

    /**
     * The metadata as it is found at the root of the host: nothing where the resource is not this one.
     *
     * @param resource the path that follows {@link #WELL_KNOWN}: {@code /mcp}, or the public URL's path before it
     */
    public Optional<ResourceMetadata> metadata(HttpServerRequest request, String resource) {
        boolean ours = resource.equals(MCP)
                || address(request)
                        .map(address -> resource.equals(path(address) + MCP))
                        .orElse(false);
        return ours ? metadata(request) : Optional.empty();
    }

    @Override
    public String unauthenticated(HttpServerRequest request) {
        return "Bearer" + pointer(request).map(pointer -> " " + pointer).orElse("");
    }

    @Override
    public String insufficientScope(HttpServerRequest request, Scope missing) {
        return "Bearer error=\"insufficient_scope\", scope=\"" + missing + "\""
                + pointer(request).map(pointer -> ", " + pointer).orElse("");
    }

    private Optional<String> pointer(HttpServerRequest request) {
        return issuer.flatMap(trusted -> address(request)).map(address -> {
            String host = address.substring(0, address.length() - path(address).length());
            // why not below the prefix: clients that are told no address look at the root of the host (RFC 9728,
            // section 3.1)
            return "resource_metadata=\"" + host + WELL_KNOWN + path(address) + MCP + "\"";
        });
    }

    /** Where the client reaches the service. */
    private Optional<String> address(HttpServerRequest request) {
        // why the request's own is safe: the gate takes no host but those that are configured
        return publicUrl.or(() -> arrivals.of(request).address());
    }

    /** The path of an address, which is empty or begins with a slash. */
    private static String path(String address) {
        return URI.create(address).getRawPath();
    }
}
