package org.mcpagentic.store.redis;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a payload lies in Redis: a codec, the id of the key that it is sealed with, and the text. The codec {@code p} is plain,
 * {@code p::TEXT}; {@code x} is XAES-256-GCM, {@code x:KEY:BASE64} of nonce, ciphertext and tag. All that were ever written are
 * read, so that encryption can be turned on, and its key changed, where much is stored already.
 */
final class Envelope {

    private static final String PLAIN = "p::";
    private static final String SEALED = "x:";
    private static final String ID = "[A-Za-z0-9._-]{1,32}";

    /** In the place of the first key: what is sealed opens, and nothing is sealed. */
    private static final String NOTHING_SEALS = "plain";

    private static final Pattern KEY = Pattern.compile("(" + ID + "):(.*)");

    /** What the names of checks begin with, in the store's own hash. */
    private static final String CHECK = "key:";

    private final SequencedMap<String, SealingKey> keys;
    private final Optional<String> sealing;
    private final SecureRandom random = new SecureRandom();

    private Envelope(SequencedMap<String, SealingKey> keys, Optional<String> sealing) {
        this.keys = keys;
        this.sealing = sealing;
    }

    /**
     * Reads the keys.
     *
     * @param configured as {@link StoreConfig.Encryption#keys()} has them
     * @throws IllegalArgumentException where one is no key; the message shows nothing of it
     */
    static Envelope of(List<String> configured) {
        boolean sealed = configured.isEmpty() || !configured.getFirst().strip().equals(NOTHING_SEALS);
        SequencedMap<String, SealingKey> keys = new LinkedHashMap<>();
        for (int i = sealed ? 0 : 1; i < configured.size(); i++) {
            Matcher entry = KEY.matcher(configured.get(i).strip());
            if (!entry.matches()) {
                throw wrong(i, "is not ID:BASE64, with an id of 1 to 32 characters of a-z A-Z 0-9 . _ -");
            }
            String id = entry.group(1);
            if (keys.putIfAbsent(id, new SealingKey(bytes(i, entry.group(2)))) != null) {
                throw wrong(i, "has the id of one before it: " + id);
            }
        }
        if (!sealed && keys.isEmpty()) {
            throw wrong(0, "is the word plain, which only goes before keys that still open");
        }
        return new Envelope(keys, sealed ? keys.keySet().stream().findFirst() : Optional.empty());
    }

    private static byte[] bytes(int position, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // why without its cause: that one shows characters of the key
            throw wrong(position, "is not base64 behind its id");
        }
        if (bytes.length != SealingKey.KEY_BYTES) {
            throw wrong(position, "has " + bytes.length + " bytes behind its id; a key has 32");
        }
        return bytes;
    }

    private static IllegalArgumentException wrong(int position, String why) {
        return new IllegalArgumentException("store.encryption.keys: entry " + (position + 1) + " " + why);
    }

    /** Whether what it is given is sealed. */
    boolean seals() {
        return sealing.isPresent();
    }

    /** What is stored of a payload; never the same twice where it is sealed. */
    String seal(Place place, String payload) {
        return sealing.map(id -> sealed(id, place, payload)).orElseGet(() -> PLAIN + payload);
    }

    private String sealed(String id, Place place, String payload) {
        byte[] nonce = new byte[SealingKey.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = key(id).seal(nonce, place.bytes(), payload.getBytes(StandardCharsets.UTF_8));
        byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return SEALED + id + ":" + Base64.getEncoder().encodeToString(all);
    }

    /**
     * The payload of what is stored.
     *
     * @throws UnreadableException where its key is not there, where it was sealed for another place, or changed since
     */
    String open(Place place, String stored) {
        if (stored.startsWith(PLAIN)) {
            return stored.substring(PLAIN.length());
        }
        int colon = stored.indexOf(':', SEALED.length());
        String id = stored.startsWith(SEALED) && colon > 0 ? stored.substring(SEALED.length(), colon) : "";
        if (!id.matches(ID)) {
            throw new UnreadableException("a payload was stored by a codec that this version does not know");
        }
        SealingKey key = keys.get(id);
        if (key == null) {
            throw new UnreadableException(
                    "a payload was sealed with the key " + id + ", which store.encryption.keys does not have");
        }
        return opened(key, place, stored.substring(colon + 1))
                .orElseThrow(() -> new UnreadableException("a payload that was sealed with the key " + id
                        + " does not open: it, its place or the key is another one"));
    }

    private static Optional<String> opened(SealingKey key, Place place, String base64) {
        byte[] all;
        try {
            all = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // why: several texts may stand for the same bytes, only one of which was written
        if (all.length < SealingKey.NONCE_BYTES
                || !Base64.getEncoder().encodeToString(all).equals(base64)) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(all, SealingKey.NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(all, SealingKey.NONCE_BYTES, all.length);
        return key.open(nonce, place.bytes(), sealed).map(payload -> new String(payload, StandardCharsets.UTF_8));
    }

    /** By which a script knows the same payload again though its seal is another; empty where nothing is sealed. */
    String mark(Place place, String payload) {
        return sealing.map(id -> key(id).mark(place.bytes(), payload.getBytes(StandardCharsets.UTF_8)))
                .orElse("");
    }

    /** What a new store keeps of the keys, by name: something that only the same key opens. */
    Map<String, String> checks() {
        Map<String, String> checks = new LinkedHashMap<>();
        keys.keySet().forEach(id -> checks.put(CHECK + id, sealed(id, Place.ofCheck(id), id)));
        return checks;
    }

    /**
     * Compares the keys with those that the store was used with.
     *
     * @param kept by name, {@link #checks()} of the first time among others
     * @throws IllegalStateException where a key is another one under the same id, or where there are none though there were
     */
    void compare(Map<String, String> kept) {
        if (keys.isEmpty() && kept.keySet().stream().anyMatch(name -> name.startsWith(CHECK))) {
            throw new IllegalStateException("the store in Redis is encrypted; set store.encryption.keys, with the word "
                    + NOTHING_SEALS + " as the first entry where nothing more is to be sealed");
        }
        keys.forEach((id, key) -> {
            String check = kept.get(CHECK + id);
            if (check != null && opensNot(id, check)) {
                throw new IllegalStateException(
                        "store.encryption.keys: the key " + id
                                + " is another one than the store in Redis was used with under this id; a new key needs a new id");
            }
        });
    }

    private boolean opensNot(String id, String check) {
        try {
            return !open(Place.ofCheck(id), check).equals(id);
        } catch (UnreadableException e) {
            return true;
        }
    }

    private SealingKey key(String id) {
        SealingKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("there is no key " + id);
        }
        return key;
    }
}
