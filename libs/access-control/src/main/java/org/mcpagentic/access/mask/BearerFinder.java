package org.mcpagentic.access.mask;

/**
 * Knows {@code Bearer xxx} by the word. A value that could be a word of prose, such as "bearer certificates", is left: it is
 * at least 8 characters with a digit, a sign of base64 or a capital within, or 32.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
final class BearerFinder implements Finder {

    private static final String WORD = "bearer";
    private static final CharSet BETWEEN = CharSet.of(" \t:=");
    private static final CharSet TELLING = CharSet.DIGITS.and(CharSet.of("_~+="));
    private static final int MOST_BETWEEN = 8;
    private static final int SHORTEST = 8;
    private static final int LONG = 32;

    @Override
    public CharSet first() {
        return CharSet.of("bB");
    }

    @Override
    public int reach() {
        return WORD.length() + MOST_BETWEEN + LONG + 1;
    }

    @Override
    public Verdict at(Window window, int start) {
        if (!window.wordBegins(start)) {
            return Verdict.NONE;
        }
        int at = start;
        for (int i = 0; i < WORD.length(); i++, at++) {
            if (at == window.length()) {
                return window.atItsEnd();
            }
            if (Character.toLowerCase(window.charAt(at)) != WORD.charAt(i)) {
                return Verdict.NONE;
            }
        }
        int between = at;
        while (at < window.length() && at - between < MOST_BETWEEN && BETWEEN.contains(window.charAt(at))) {
            at++;
        }
        if (at == window.length()) {
            return window.atItsEnd();
        }
        return at == between ? Verdict.NONE : value(window, start, at);
    }

    private static Verdict value(Window window, int start, int begin) {
        boolean telling = false;
        for (int at = begin; ; at++) {
            if (at - begin == LONG || (telling && at - begin >= SHORTEST)) {
                return new Verdict.Found("bearer token", begin - start, at - start, CharSet.TOKEN68::contains);
            }
            if (at == window.length()) {
                return window.atItsEnd();
            }
            char c = window.charAt(at);
            if (!CharSet.TOKEN68.contains(c)) {
                return Verdict.NONE;
            }
            telling |= TELLING.contains(c) || (at > begin && CharSet.UPPER.contains(c));
        }
    }
}
