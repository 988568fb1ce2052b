package org.mcpagentic.edge.oidc;

import java.util.Optional;
import java.util.Set;

/**
 * Which of a provider's tokens are taken as bearer tokens. An ID token tells a client who signed in there, and whoever has it is not
 * meant to call anybody with it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">RFC 9068, section 4</a>
 */
public enum BearerRule {
    /** Those that say to be access tokens: their type is {@code at+jwt}. */
    TYPED,
    /** Those too that do not say what they are, unless they carry what only ID tokens do. */
    ACCESS,
    /** ID tokens too. */
    ANY;

    private static final String ACCESS_TOKEN = "at+jwt";

    /** What OpenID Connect Core puts into ID tokens alone. */
    private static final Set<String> OF_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    boolean accepts(VerifiedToken token) {
        Optional<String> type = token.type();
        boolean typed = type.equals(Optional.of(ACCESS_TOKEN));
        boolean plain = type.isEmpty() || type.equals(Optional.of("jwt"));
        // why: what is bound to a key of its holder proves nothing without a proof of that key (RFC 9449, section 7.2)
        if (token.claims().containsKey("cnf")) {
            return false;
        }
        return switch (this) {
            case TYPED -> typed;
            case ACCESS -> typed || (plain && !isIdToken(token));
            case ANY -> typed || (plain && !isOther(token));
        };
    }

    private static boolean isIdToken(VerifiedToken token) {
        return isOther(token)
                || "ID".equals(token.claims().get("typ"))
                || OF_ID_TOKENS.stream().anyMatch(token.claims()::containsKey);
    }

    /** Keycloak says in a claim what its tokens are: some are neither access nor ID tokens. */
    private static boolean isOther(VerifiedToken token) {
        Object said = token.claims().get("typ");
        return said != null && !said.equals("Bearer") && !said.equals("ID");
    }
}
