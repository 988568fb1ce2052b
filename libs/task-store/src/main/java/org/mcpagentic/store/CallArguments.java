package org.mcpagentic.store;

import java.util.regex.Pattern;

/**
 * A tool call's exact arguments. The store keeps both as they are; who makes them sees to it that they belong together.
 *
 * @param json canonical: the same arguments always have the same text
 * @param digest SHA-256 of that text's UTF-8, 64 lower-case hexadecimal digits
 */
public record CallArguments(String json, String digest) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public CallArguments {
        if (!looksLikeDigest(digest)) {
            throw new IllegalArgumentException("a digest is 64 hexadecimal digits");
        }
    }

    /** Whether the text has a digest's form. */
    public static boolean looksLikeDigest(String text) {
        return DIGEST.matcher(text).matches();
    }
}
