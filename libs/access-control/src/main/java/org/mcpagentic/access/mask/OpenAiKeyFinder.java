package org.mcpagentic.access.mask;

/**
 * Knows keys that begin with {@code sk-}: at least 20 more characters, with a digit or a capital among the first 64, which
 * names that are written with hyphens do not have.
 */
final class OpenAiKeyFinder implements Finder {

    private static final String BEGIN = "sk-";
    private static final int SHORTEST = 20;
    private static final int LOOKED_AT = 64;
    private static final CharSet TELLING = CharSet.DIGITS.and(CharSet.UPPER);

    @Override
    public CharSet first() {
        return CharSet.of("s");
    }

    @Override
    public int reach() {
        return BEGIN.length() + LOOKED_AT + 1;
    }

    @Override
    public Verdict at(Window window, int start) {
        if (!window.wordBegins(start)) {
            return Verdict.NONE;
        }
        int at = start;
        for (int i = 0; i < BEGIN.length(); i++, at++) {
            if (at == window.length()) {
                return window.atItsEnd();
            }
            if (window.charAt(at) != BEGIN.charAt(i)) {
                return Verdict.NONE;
            }
        }
        boolean telling = false;
        for (int taken = 0; taken < LOOKED_AT; taken++, at++) {
            if (telling && taken >= SHORTEST) {
                return new Verdict.Found("API key", 0, at - start, CharSet.URL_BASE64::contains);
            }
            if (at == window.length()) {
                return window.atItsEnd();
            }
            char c = window.charAt(at);
            if (!CharSet.URL_BASE64.contains(c)) {
                return Verdict.NONE;
            }
            telling |= TELLING.contains(c);
        }
        return Verdict.NONE;
    }
}
