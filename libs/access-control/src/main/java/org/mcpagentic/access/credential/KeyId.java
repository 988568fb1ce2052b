package org.mcpagentic.access.credential;

import java.util.regex.Pattern;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;

/**
 * The public name of an API key: shard and id of its token.
 *
 * @param value {@code k}, the shard in base 36, {@code -}, 16 characters of {@code 0-9 a-z}
 */
public record KeyId(String value) {

    private static final Pattern VALID = Pattern.compile("k[0-9a-z]{1,2}-[0-9a-z]{16}");

    public KeyId {
        if (!looksLike(value)) {
            throw new IllegalArgumentException("not the id of an API key");
        }
    }

    /** The key that a token of kind {@link Token.Kind#KEY} is for. */
    public static KeyId of(Token token) {
        return new KeyId("k" + Integer.toString(token.shard(), 36) + "-" + token.id());
    }

    public static boolean looksLike(String text) {
        return VALID.matcher(text).matches();
    }

    /** Where its record lives. */
    public int shard() {
        return Integer.parseInt(value.substring(1, value.indexOf('-')), 36);
    }

    /** As whom the key makes things. */
    public OwnerId owner() {
        return new OwnerId(value);
    }

    /** A token for this key with a secret of its own. */
    public Token newToken() {
        String secret = Token.random(Token.Kind.KEY, shard()).secret();
        return new Token(Token.Kind.KEY, shard(), value.substring(value.indexOf('-') + 1), secret);
    }

    @Override
    public String toString() {
        return value;
    }
}
