package org.mcpagentic.edge.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a provider says of itself.
 *
 * @param issuer as configured, and as it calls itself
 * @param keys where its keys are
 * @param authorization where people sign in
 * @param token where codes are exchanged
 * @param namesItself whether it says who it is where it sends people back (RFC 9207)
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata">OpenID Connect Discovery 1.0, section 3</a>
 */
public record ProviderDocument(
        String issuer,
        ProviderUrl keys,
        Optional<ProviderUrl> authorization,
        Optional<ProviderUrl> token,
        boolean namesItself) {

    /**
     * Reads it.
     *
     * @throws ProviderException if it is of another provider, or not usable
     */
    static ProviderDocument read(JsonNode document, String issuer) {
        if (!document.path("issuer").asText().equals(issuer)) {
            throw new ProviderException("its document names another issuer");
        }
        boolean encrypted = ProviderUrl.of(issuer).isEncrypted();
        return new ProviderDocument(
                issuer,
                url(document, "jwks_uri", encrypted)
                        .orElseThrow(() -> new ProviderException("its document has no jwks_uri")),
                url(document, "authorization_endpoint", encrypted),
                url(document, "token_endpoint", encrypted),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static Optional<ProviderUrl> url(JsonNode document, String field, boolean encrypted) {
        JsonNode text = document.path(field);
        if (!text.isTextual()) {
            return Optional.empty();
        }
        try {
            ProviderUrl url = ProviderUrl.of(text.textValue());
            if (encrypted && !url.isEncrypted()) {
                throw new ProviderException("its " + field + " is not https");
            }
            return Optional.of(url);
        } catch (IllegalArgumentException e) {
            throw new ProviderException("its " + field + " cannot be used");
        }
    }
}
