package org.mcpagentic.edge.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The public keys that a provider signs with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>
 */
record KeySet(List<PublicJsonWebKey> keys) {

    private static final int MOST = 100;

    KeySet {
        keys = List.copyOf(keys);
    }

    /**
     * Reads a set. What is not a public key for signatures, or of a kind that is not known, is left out.
     *
     * @throws ProviderException if it is no set, or one of too many keys
     */
    static KeySet read(JsonNode document) {
        JsonNode array = document.path("keys");
        if (!array.isArray() || array.size() > MOST) {
            throw new ProviderException("its keys are no list, or too many");
        }
        List<JsonWebKey> all;
        try {
            all = new JsonWebKeySet(document.toString()).getJsonWebKeys();
        } catch (JoseException | ClassCastException e) {
            // why the second too: the library takes the types of fields for granted
            throw new ProviderException("its keys cannot be read");
        }
        return new KeySet(all.stream()
                .filter(PublicJsonWebKey.class::isInstance)
                .map(PublicJsonWebKey.class::cast)
                .filter(KeySet::signs)
                .toList());
    }

    /** The key of a name, for an algorithm; where a token names none, the only one that fits. */
    Optional<PublicKey> find(Optional<String> id, SignatureAlgorithm algorithm) {
        List<PublicKey> fitting = keys.stream()
                .filter(key -> id.isEmpty() || id.get().equals(key.getKeyId()))
                .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm.wireName()))
                .map(PublicJsonWebKey::getPublicKey)
                .filter(algorithm::fits)
                .toList();
        boolean clear = id.isPresent() ? !fitting.isEmpty() : fitting.size() == 1;
        return clear ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static boolean signs(PublicJsonWebKey key) {
        return (key.getUse() == null || key.getUse().equals("sig"))
                && (key.getKeyOps() == null || key.getKeyOps().contains("verify"));
    }
}
