package org.mcpagentic.mcp.seal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.mcpagentic.access.AccessSecret;

/** Signs texts for one use and knows them again. Clients can read them, and change nothing of them. */
final class Seal {

    private static final int MAC_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final AccessSecret.Key key;

    Seal(AccessSecret.Key key) {
        this.key = key;
    }

    /**
     * Signs a text.
     *
     * @param binding what has to be the same when it comes back
     */
    String close(String binding, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] mac = mac(binding, payload);
        byte[] all = Arrays.copyOf(mac, MAC_BYTES + payload.length);
        System.arraycopy(payload, 0, all, MAC_BYTES, payload.length);
        return ENCODER.encodeToString(all);
    }

    /** The text, where it was signed here with this binding. */
    Optional<String> open(String binding, String sealed) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // why compared as text too: several texts may stand for the same bytes, only one of which was given out
        if (all.length < MAC_BYTES || !ENCODER.encodeToString(all).equals(sealed)) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOfRange(all, MAC_BYTES, all.length);
        return MessageDigest.isEqual(mac(binding, payload), Arrays.copyOf(all, MAC_BYTES))
                ? Optional.of(new String(payload, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private byte[] mac(String binding, byte[] payload) {
        byte[] bound = binding.getBytes(StandardCharsets.UTF_8);
        // why the length: no binding may pass for the begin of another one's payload
        return key.sign((bound.length + ":").getBytes(StandardCharsets.UTF_8), bound, payload);
    }
}
