package org.mcpagentic.custommcp.tools.fetch;

import java.util.OptionalInt;

/**
 * A part of a text.
 *
 * @param next where the rest begins, where there is one
 */
public record Excerpt(String text, OptionalInt next) {

    /**
     * As much as fits, never half of a surrogate pair.
     *
     * @param from first character, 0 to the text's length
     * @param mostChars of the text
     * @param mostEscaped of the text as it stands in JSON, where a quote or a line feed takes two
     */
    public static Excerpt of(String text, int from, int mostChars, int mostEscaped) {
        int start = splits(text, from) ? from + 1 : from;
        int end = start;
        int escaped = 0;
        while (end < text.length() && end - start < mostChars) {
            int next = escaped + escapedLength(text.charAt(end));
            if (next > mostEscaped) {
                break;
            }
            escaped = next;
            end++;
        }
        if (splits(text, end) && end - 1 > start) {
            end--;
        }
        return new Excerpt(text.substring(start, end), end < text.length() ? OptionalInt.of(end) : OptionalInt.empty());
    }

    private static boolean splits(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static int escapedLength(char character) {
        return switch (character) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
            default -> character < 0x20 ? 6 : 1;
        };
    }
}
