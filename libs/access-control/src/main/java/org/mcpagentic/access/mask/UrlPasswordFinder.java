package org.mcpagentic.access.mask;

/**
 * Knows passwords in URLs: what stands between the first colon and the last {@code @} of an authority. User and host stay.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1">RFC 3986, section 3.2.1</a>
 */
final class UrlPasswordFinder implements Finder {

    private static final String BEGIN = "://";
    private static final int LONGEST = 512;
    private static final CharSet ENDS = CharSet.WHITESPACE.and(CharSet.of("/?#\"'`<>\\{}|^"));

    @Override
    public CharSet first() {
        return CharSet.of(":");
    }

    @Override
    public int reach() {
        return BEGIN.length() + LONGEST + 1;
    }

    @Override
    public Verdict at(Window window, int start) {
        int at = start;
        for (int i = 0; i < BEGIN.length(); i++, at++) {
            if (at == window.length()) {
                return window.atItsEnd();
            }
            if (window.charAt(at) != BEGIN.charAt(i)) {
                return Verdict.NONE;
            }
        }
        int begin = at;
        int colon = -1;
        int last = -1;
        while (at - begin < LONGEST) {
            if (at == window.length()) {
                if (!window.isEnded()) {
                    return Verdict.MORE;
                }
                break;
            }
            char c = window.charAt(at);
            if (ENDS.contains(c)) {
                break;
            }
            if (c == ':' && colon < 0) {
                colon = at;
            }
            if (c == '@') {
                last = at;
            }
            at++;
        }
        return colon < 0 || last <= colon + 1
                ? Verdict.NONE
                : new Verdict.Found("password", colon + 1 - start, last - start, Rest.NOTHING);
    }
}
