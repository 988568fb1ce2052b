package org.mcpagentic.store.redis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One 256-bit key. Seals with <a href="https://c2sp.org/XAES-256-GCM">XAES-256-GCM</a>: AES-256-GCM under a key that is
 * derived for each message from the first half of a nonce of 24 random bytes. Why not AES-256-GCM alone: with its random nonces
 * of 12 bytes a key is used up after 2^32 messages (NIST SP 800-38D, 8.3), which a busy store seals within days.
 */
final class SealingKey {

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 24;

    private static final int BLOCK = 16;
    private static final int TAG_BYTES = 16;
    private static final int MARK_BYTES = 16;

    private final SecretKey key;
    private final SecretKey marking;
    private final byte[] firstSubkey;

    /** @param key 32 bytes */
    SealingKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.marking = new SecretKeySpec(
                hash(new SecretKeySpec(key, "HmacSHA256"), "mark".getBytes(StandardCharsets.UTF_8)), "HmacSHA256");
        this.firstSubkey = doubled(block(new byte[BLOCK]));
    }

    /**
     * Seals a message.
     *
     * @param nonce 24 bytes, never used before
     * @param place what it is bound to
     * @return what was sealed, and a tag of 16 bytes
     */
    byte[] seal(byte[] nonce, byte[] place, byte[] message) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be sealed", e);
        }
    }

    /** Opens what was sealed; nothing where it is not what was sealed with this key for this place. */
    Optional<byte[]> open(byte[] nonce, byte[] place, byte[] sealed) {
        if (sealed.length < TAG_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be opened", e);
        }
    }

    /** Is the same for the same message in the same place, and says nothing else about it to who lacks the key. */
    String mark(byte[] place, byte[] message) {
        byte[] hash = hash(marking, place, new byte[1], message);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, MARK_BYTES));
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                derived(nonce),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce, BLOCK - 4, NONCE_BYTES - (BLOCK - 4)));
        cipher.updateAAD(place);
        return cipher;
    }

    /** The message's own key: CMAC of a counter, the letter X, a zero byte and half of the nonce. */
    private SecretKey derived(byte[] nonce) {
        byte[] both = new byte[KEY_BYTES];
        for (int half = 0; half < 2; half++) {
            byte[] block = new byte[BLOCK];
            block[1] = (byte) (half + 1);
            block[2] = 'X';
            System.arraycopy(nonce, 0, block, 4, BLOCK - 4);
            for (int i = 0; i < BLOCK; i++) {
                block[i] ^= firstSubkey[i];
            }
            System.arraycopy(block(block), 0, both, half * BLOCK, BLOCK);
        }
        return new SecretKeySpec(both, "AES");
    }

    /** One block through AES: CBC of one block behind an empty one is just that. */
    private byte[] block(byte[] block) {
        try {
            Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
            return aes.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is no AES", e);
        }
    }

    /** Doubles in GF(2^128), as CMAC (NIST SP 800-38B, 6.1) makes its first subkey. */
    private static byte[] doubled(byte[] block) {
        byte[] twice = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int shifted = (block[i] & 0xff) << 1 | carry;
            twice[i] = (byte) shifted;
            carry = shifted >>> 8;
        }
        twice[BLOCK - 1] ^= (byte) (carry * 0x87);
        return twice;
    }

    private static byte[] hash(SecretKey key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is no HMAC", e);
        }
    }
}
