package org.mcpagentic.access.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A secret that this system hands out: {@code mcp} and the kind's letter, the shard, the id, 256 random bits, a checksum;
 * {@code mcpk-0-4g8qz1m0wn3vtd6x-SECRET43-CRC8}. The id is public and finds the record; the checksum tells a mistyped token, and one
 * that a scanner found, without asking anybody.
 *
 * @param kind what it is for
 * @param shard where its record lives, 0 to 1,023
 * @param id 16 characters of {@code 0-9 a-z}
 * @param secret 43 characters of base64url: 32 bytes
 */
public record Token(Kind kind, int shard, String id, String secret) {

    private static final Pattern FORM =
            Pattern.compile("mcp([ksl])-([0-9a-z]{1,2})-([0-9a-z]{16})-([A-Za-z0-9_-]{43})-([0-9a-f]{8})");
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a token is for. */
    public enum Kind {
        /** An API key. */
        KEY('k'),
        /** A browser's session. */
        SESSION('s'),
        /** A link that signs in once. */
        LINK('l');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    public Token {
        if (shard < 0 || shard > 1023 || id.length() != 16 || secret.length() != 43) {
            throw new IllegalArgumentException("not a token's parts");
        }
    }

    /** A new one. */
    public static Token random(Kind kind, int shard) {
        return new Token(kind, shard, randomId(), randomSecret());
    }

    /** The same record's token with another secret. */
    public Token renewed() {
        return new Token(kind, shard, id, randomSecret());
    }

    /** Reads a token; nothing where it is none, or its checksum is wrong. */
    public static Optional<Token> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shard = Integer.parseInt(matcher.group(2), 36);
        String unchecked = text.substring(0, text.length() - 9);
        if (shard > 1023 || !checksum(unchecked).equals(matcher.group(5))) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind.letter == matcher.group(1).charAt(0)) {
                return Optional.of(new Token(kind, shard, matcher.group(3), matcher.group(4)));
            }
        }
        return Optional.empty();
    }

    /** The whole token, to be shown once and given to nobody else. */
    public String text() {
        String unchecked = "mcp" + kind.letter + "-" + Integer.toString(shard, 36) + "-" + id + "-" + secret;
        return unchecked + "-" + checksum(unchecked);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "mcp" + kind.letter + "-" + Integer.toString(shard, 36) + "-" + id;
    }

    private static String checksum(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.US_ASCII));
        return String.format("%08x", checksum.getValue());
    }

    private static String randomId() {
        StringBuilder id = new StringBuilder(16);
        for (int i = 0; i < 16; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(32)));
        }
        return id.toString();
    }

    private static String randomSecret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
