package org.mcpagentic.edge.oidc;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A token whose signature, issuer, audience and times are right.
 *
 * @param type the header {@code typ} in lower case, without {@code application/}
 * @param claims as they are signed; values are text, numbers, truth values, lists and maps of these, and null
 * @param expires when it ends
 */
public record VerifiedToken(Optional<String> type, Map<String, Object> claims, Instant expires) {

    public VerifiedToken {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** A claim, where it is text. */
    public Optional<String> text(String claim) {
        return Optional.ofNullable(claims.get(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** Who and what it tells of is nobody else's business. */
    @Override
    public String toString() {
        return "VerifiedToken[hidden]";
    }
}
