package org.mcpagentic.edge.idempotency;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a request asked, in short: equal for equal requests.
 *
 * @param value the SHA-256 of method, path and the body's bytes as they came, 64 characters of hexadecimal. The bytes
 *     are not normalised: a client that repeats a request sends it again, it does not write it anew.
 */
public record RequestFingerprint(String value) {

    /** The fingerprint of the request under way, whose body the gate has read. */
    public static RequestFingerprint of(RoutingContext routing) {
        MessageDigest digest = sha256();
        String line =
                routing.request().method().name() + " " + routing.request().path() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        Buffer body = routing.body().buffer();
        if (body != null) {
            digest.update(body.getBytes());
        }
        return new RequestFingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
