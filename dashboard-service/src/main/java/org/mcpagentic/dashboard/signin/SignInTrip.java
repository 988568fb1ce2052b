package org.mcpagentic.dashboard.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mcpagentic.access.AccessSecret;

/**
 * A person's way to the provider and back. The browser keeps it signed, in a cookie; what binds the way back to it, and the code to whoever
 * asked for it, is derived from it by a key that browsers do not have. So no replica has to remember anything.
 *
 * @param id random
 * @param expires when it is over
 * @param task what the page showed before, if a task
 */
record SignInTrip(String id, Instant expires, Optional<String> task) {

    /** How long a person may take to sign in at the provider. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Pattern TASK = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern TEXT =
            Pattern.compile("([A-Za-z0-9_-]{43})/([0-9]{1,12})/([A-Za-z0-9._-]{0,128})/([A-Za-z0-9_-]{43})");

    /** A way that begins now. What is no task's id is left out. */
    static SignInTrip begin(Instant now, Optional<String> task) {
        byte[] id = new byte[32];
        new SecureRandom().nextBytes(id);
        return new SignInTrip(
                base64(id),
                now.plus(LONGEST),
                task.filter(shown -> TASK.matcher(shown).matches()));
    }

    /** Reads what {@link #text} wrote; nothing where it is another's, changed, or over. */
    static Optional<SignInTrip> read(String text, AccessSecret.Key key, Instant now) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        SignInTrip trip = new SignInTrip(
                parts.group(1),
                Instant.ofEpochSecond(Long.parseLong(parts.group(2))),
                Optional.of(parts.group(3)).filter(task -> !task.isEmpty()));
        return same(trip.text(key), text) && now.isBefore(trip.expires()) ? Optional.of(trip) : Optional.empty();
    }

    /** For the cookie. */
    String text(AccessSecret.Key key) {
        String said = id + "/" + expires.getEpochSecond() + "/" + task.orElse("");
        return said + "/" + derived(key, "trip", said);
    }

    /** What the provider has to send back with the person (RFC 6749, section 10.12). */
    String state(AccessSecret.Key key) {
        return derived(key, "state", id);
    }

    /** What the ID token has to say (OpenID Connect Core 1.0, section 3.1.2.1). */
    String nonce(AccessSecret.Key key) {
        return derived(key, "nonce", id);
    }

    /** What proves that the code is exchanged by whoever asked for it (RFC 7636). */
    String verifier(AccessSecret.Key key) {
        return derived(key, "verifier", id);
    }

    /** The verifier's digest, as the provider is told before. */
    String challenge(AccessSecret.Key key) {
        try {
            return base64(
                    MessageDigest.getInstance("SHA-256").digest(verifier(key).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Compares without telling how far they are alike. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String derived(AccessSecret.Key key, String what, String from) {
        return base64(key.sign(what + ":" + from));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SignInTrip[hidden]";
    }
}
