package org.mcpagentic.edge.oidc;

import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

/**
 * Checks who signed a token, for whom, and for how long. What is wrong without its signature is refused without asking for keys.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725: JSON Web Token Best Current Practices</a>
 */
final class TokenVerifier {

    private static final Logger LOG = Logger.getLogger(TokenVerifier.class);

    /** Longest token in characters. */
    static final int LONGEST = 8_192;

    /** Longest name of a key in characters. */
    private static final int LONGEST_KEY_NAME = 512;

    private static final Pattern SIGNED = Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++");

    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final String issuer;
    private final int skewSeconds;
    private final Set<SignatureAlgorithm> algorithms;
    private final ProviderKeys keys;
    private final InstantSource clock;

    TokenVerifier(String issuer, OidcConfig config, ProviderKeys keys, InstantSource clock) {
        this.issuer = issuer;
        this.skewSeconds = (int) config.clockSkew().toSeconds();
        this.algorithms = Set.copyOf(config.algorithms());
        this.keys = keys;
        this.clock = clock;
    }

    /** A token that was looked at, but whose signature was not checked. */
    private record Unchecked(JwtContext context, SignatureAlgorithm algorithm, Optional<String> key) {}

    /**
     * Verifies a token.
     *
     * @param audiences one of which it has to be meant for
     * @return nothing where anything is wrong with it; fails with {@link ProviderException} where the keys are not to be had
     */
    Uni<Optional<VerifiedToken>> verify(String token, Collection<String> audiences) {
        Optional<Unchecked> unchecked = look(token, audiences);
        if (unchecked.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Unchecked looked = unchecked.get();
        return keys.find(looked.key(), looked.algorithm())
                .map(key -> key.flatMap(found -> check(looked, found, audiences)));
    }

    private Optional<Unchecked> look(String token, Collection<String> audiences) {
        if (token.length() > LONGEST || !SIGNED.matcher(token).matches()) {
            return refused("form");
        }
        try {
            JwtContext context =
                    expecting(audiences).setSkipSignatureVerification().build().process(token);
            if (context.getJoseObjects().size() != 1
                    || !(context.getJoseObjects().getFirst() instanceof JsonWebSignature signature)) {
                return refused("form");
            }
            Optional<SignatureAlgorithm> algorithm =
                    SignatureAlgorithm.of(signature.getAlgorithmHeaderValue()).filter(algorithms::contains);
            if (algorithm.isEmpty()) {
                return refused("algorithm");
            }
            Optional<String> key = Optional.ofNullable(signature.getKeyIdHeaderValue());
            if (key.isPresent() && key.get().length() > LONGEST_KEY_NAME) {
                return refused("key");
            }
            return Optional.of(new Unchecked(context, algorithm.get(), key));
        } catch (InvalidJwtException e) {
            return refused(codes(e));
        } catch (ClassCastException e) {
            // why: the library takes the types of header fields for granted
            return refused("header");
        }
    }

    private Optional<VerifiedToken> check(Unchecked looked, PublicKey key, Collection<String> audiences) {
        try {
            JwtConsumer consumer = expecting(audiences)
                    .setJwsAlgorithmConstraints(
                            AlgorithmConstraints.ConstraintType.PERMIT,
                            looked.algorithm().wireName())
                    .setVerificationKey(key)
                    .build();
            consumer.processContext(looked.context());
            JwtClaims claims = looked.context().getJwtClaims();
            Object type =
                    looked.context().getJoseObjects().getFirst().getHeaders().getObjectHeaderValue("typ");
            if (type != null && !(type instanceof String)) {
                return refused("header");
            }
            return Optional.of(new VerifiedToken(
                    Optional.ofNullable((String) type).map(TokenVerifier::mediaType),
                    claims.getClaimsMap(),
                    Instant.ofEpochSecond(Math.min(claims.getExpirationTime().getValue(), LAST_SECOND))));
        } catch (InvalidJwtException e) {
            return refused(codes(e));
        } catch (MalformedClaimException e) {
            return refused("claims");
        }
    }

    private JwtConsumerBuilder expecting(Collection<String> audiences) {
        return new JwtConsumerBuilder()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setAllowedClockSkewInSeconds(skewSeconds)
                .setRequireExpirationTime()
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audiences.toArray(String[]::new));
    }

    private static String mediaType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }

    /** What was wrong, by the library's numbers: its messages quote the token. */
    private static String codes(InvalidJwtException e) {
        return e.getErrorDetails().stream()
                .map(error -> Integer.toString(error.getErrorCode()))
                .collect(Collectors.joining(","));
    }

    private static <T> Optional<T> refused(String reason) {
        LOG.debugf("a token was refused reason=%s", reason);
        return Optional.empty();
    }
}
