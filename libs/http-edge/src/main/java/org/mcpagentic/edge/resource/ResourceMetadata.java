package org.mcpagentic.edge.resource;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a client has to know to get a token for this service.
 *
 * @param resource the address that tokens are asked for, and that their {@code aud} names
 * @param authorizationServers who issues them
 * @param scopesSupported what can be asked for
 * @param bearerMethodsSupported how a token is presented
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-2">RFC 9728, section 2</a>
 */
@RegisterForReflection
public record ResourceMetadata(
        String resource,
        List<String> authorizationServers,
        List<String> scopesSupported,
        List<String> bearerMethodsSupported) {

    public ResourceMetadata {
        authorizationServers = List.copyOf(authorizationServers);
        scopesSupported = List.copyOf(scopesSupported);
        bearerMethodsSupported = List.copyOf(bearerMethodsSupported);
    }
}
