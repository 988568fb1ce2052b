package org.mcpagentic.access.mask;

/** The part of a text that is being looked at, with a little of what was before it. */
final class Window {

    /** How much of what was before is kept. */
    private static final int KEPT = 8;

    private final StringBuilder text = new StringBuilder();
    private boolean ended;
    private long looks;

    void append(String piece) {
        text.append(piece);
    }

    void end() {
        ended = true;
    }

    /** Whether nothing more comes. */
    boolean isEnded() {
        return ended;
    }

    int length() {
        return text.length();
    }

    char charAt(int index) {
        looks++;
        return text.charAt(index);
    }

    /** How many characters were looked at so far: what the work is measured by. */
    long looks() {
        return looks;
    }

    /** What is said at the end of what has come: it depends on what follows, or nothing does. */
    Verdict atItsEnd() {
        return ended ? Verdict.NONE : Verdict.MORE;
    }

    void copyTo(StringBuilder out, int from, int to) {
        out.append(text, from, to);
    }

    /**
     * Forgets what is not needed any more.
     *
     * @param done how far the text has been dealt with
     * @return where that is from now on
     */
    int forgetBefore(int done) {
        int forgotten = Math.max(0, done - KEPT);
        text.delete(0, forgotten);
        return done - forgotten;
    }

    /**
     * Whether a word may begin at a place: not behind a letter or digit, unless that ends an escape such as {@code \n},
     * {@code u0022} behind a backslash, or {@code %3D}, as text within JSON and URLs has them.
     */
    boolean wordBegins(int start) {
        return start == 0 || !CharSet.LETTERS_AND_DIGITS.contains(charAt(start - 1)) || escapeEnds(start);
    }

    /** Whether a token of URL-safe base64 may begin at a place: as a word, and not behind {@code _} or {@code -}. */
    boolean tokenBegins(int start) {
        return start == 0 || !CharSet.URL_BASE64.contains(charAt(start - 1)) || escapeEnds(start);
    }

    private boolean escapeEnds(int start) {
        return (start >= 2 && charAt(start - 2) == '\\')
                || (start >= 3 && charAt(start - 3) == '%')
                || (start >= 6 && charAt(start - 6) == '\\' && charAt(start - 5) == 'u');
    }
}
