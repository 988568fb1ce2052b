package org.mcpagentic.custommcp.tools.memory;

import java.util.Locale;

/**
 * A part of a long text, with an ellipsis where something is left out.
 *
 * @param shortened whether something is
 */
record Excerpt(String text, boolean shortened) {

    private static final int MOST_CHARACTERS = 600;
    private static final int BEFORE = 150;
    private static final String LEFT_OUT = "\u2026";

    /** The part of a text that begins shortly before what was looked for; the text's beginning where that is not in it. */
    static Excerpt of(String text, String lookedFor) {
        if (text.length() <= MOST_CHARACTERS) {
            return new Excerpt(text, false);
        }
        int found = text.toLowerCase(Locale.ROOT).indexOf(lookedFor.strip().toLowerCase(Locale.ROOT));
        int wanted = Math.min(Math.max(0, found - BEFORE), text.length() - MOST_CHARACTERS);
        int begin = boundary(text, wanted);
        int end = boundary(text, Math.min(text.length(), wanted + MOST_CHARACTERS));
        return new Excerpt(
                (begin > 0 ? LEFT_OUT : "") + text.substring(begin, end) + (end < text.length() ? LEFT_OUT : ""), true);
    }

    /** A place that parts no surrogate pair. */
    private static int boundary(String text, int index) {
        boolean inside = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
        return inside ? index - 1 : index;
    }
}
