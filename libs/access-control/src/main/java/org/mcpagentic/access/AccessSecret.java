package org.mcpagentic.access;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that Redis does not have: credentials are stored hashed with it, the audit trail is sealed with it. Each use has a
 * key of its own, derived by HMAC-SHA256 of a label.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
public final class AccessSecret {

    /** Fewest bytes. */
    public static final int LEAST_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] master;

    private AccessSecret(byte[] master) {
        this.master = master;
    }

    /**
     * Reads the secret as it is configured.
     *
     * @param base64 of at least {@value #LEAST_BYTES} bytes
     * @throws IllegalArgumentException if it is not; the message does not show it
     */
    public static AccessSecret of(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the access secret is not base64");
        }
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException("the access secret has fewer than " + LEAST_BYTES + " bytes");
        }
        return new AccessSecret(bytes);
    }

    /** A key for one use. */
    public Key key(String use) {
        return new Key(mac(master, use.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "AccessSecret[hidden]";
    }

    private static byte[] mac(byte[] key, byte[]... texts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            Arrays.stream(texts).forEach(mac::update);
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** A key that signs and hashes; nobody sees its bytes. */
    public static final class Key {

        private final byte[] bytes;

        private Key(byte[] bytes) {
            this.bytes = bytes;
        }

        /** HMAC-SHA256, 32 bytes. */
        public byte[] sign(byte[]... texts) {
            return mac(bytes, texts);
        }

        /** HMAC-SHA256 of the text's UTF-8. */
        public byte[] sign(String text) {
            return sign(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Key[hidden]";
        }
    }
}
