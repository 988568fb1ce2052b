package org.mcpagentic.stubmodel;

import java.util.Arrays;

/** Where a text is cut: the ends of its pieces, in order; the last is the text's own. An empty text has none. */
final class Cuts {
    private Cuts() {}

    /** Each piece is a word with the white space after it. */
    static int[] words(String text) {
        int[] ends = new int[text.length()];
        int count = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i - 1)) && !Character.isWhitespace(text.charAt(i))) {
                ends[count++] = i;
            }
        }
        if (!text.isEmpty()) {
            ends[count++] = text.length();
        }
        return Arrays.copyOf(ends, count);
    }

    /** As many pieces as asked for, of equal length; fewer if the text has fewer characters. */
    static int[] equal(String text, int pieces) {
        int points = text.codePointCount(0, text.length());
        int count = Math.min(pieces, points);
        int[] ends = new int[count];
        int end = 0;
        int passed = 0;
        for (int i = 0; i < count; i++) {
            int upTo = (int) ((long) points * (i + 1) / count);
            end = text.offsetByCodePoints(end, upTo - passed);
            passed = upTo;
            ends[i] = end;
        }
        return ends;
    }
}
