package org.mcpagentic.mcp.redis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mcpagentic.access.AccessSecret;

/**
 * Answers of clients as Redis has them: AES-256-GCM under a key that is derived from the access secret, bound to the session and to
 * what was asked. Why random nonces of 12 bytes are enough: they are good for 2^32 messages, and only answers that reached another
 * replica are sealed.
 *
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/38/d/final">NIST SP 800-38D, 8.3</a>
 */
final class SealedMail {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    SealedMail(AccessSecret secret) {
        this.key = new SecretKeySpec(secret.key("mcp-mail").sign("seal"), "AES");
    }

    String seal(String session, String id, String answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, session, id).doFinal(answer.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be sealed", e);
        }
    }

    /** Nothing where it was changed, or sealed with another secret or for something else. */
    Optional<String> open(String session, String id, String text) {
        try {
            byte[] all = Base64.getDecoder().decode(text);
            if (all.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] answer = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), session, id)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new String(answer, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String session, String id) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((session + "\n" + id).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
