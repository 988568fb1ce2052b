package org.mcpagentic.edge.oidc;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * What a token may be signed with: only where what checks a signature cannot make one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518, section 3.1</a>
 */
public enum SignatureAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256(AlgorithmIdentifiers.RSA_USING_SHA256),
    /** RSASSA-PSS with SHA-256. */
    PS256(AlgorithmIdentifiers.RSA_PSS_USING_SHA256),
    /** ECDSA on P-256 with SHA-256. */
    ES256(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256),
    /** Ed25519. */
    ED_DSA(AlgorithmIdentifiers.EDDSA);

    private static final int LEAST_RSA_BITS = 2_048;

    /** A larger one would take longer to compute with than anybody needs. */
    private static final int MOST_RSA_BITS = 8_192;

    private static final int P256_BITS = 256;

    private final String wireName;

    SignatureAlgorithm(String wireName) {
        this.wireName = wireName;
    }

    /** What the header {@code alg} calls it. */
    String wireName() {
        return wireName;
    }

    static Optional<SignatureAlgorithm> of(String wireName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName.equals(wireName))
                .findFirst();
    }

    /** Whether it computes with such a key. */
    boolean fits(PublicKey key) {
        return switch (this) {
            case RS256, PS256 ->
                key instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                        && rsa.getModulus().bitLength() <= MOST_RSA_BITS;
            case ES256 ->
                key instanceof ECPublicKey curve
                        && curve.getParams().getCurve().getField().getFieldSize() == P256_BITS;
            case ED_DSA ->
                key instanceof EdECPublicKey edwards
                        && edwards.getParams().getName().equals("Ed25519");
        };
    }
}
