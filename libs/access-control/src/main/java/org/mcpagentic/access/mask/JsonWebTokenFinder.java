package org.mcpagentic.access.mask;

/**
 * Knows JSON Web Tokens, signed and encrypted: a header that is a JSON object in base64, and what follows it between dots.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
final class JsonWebTokenFinder implements Finder {

    /** How a JSON object begins in base64. */
    private static final String OBJECT = "eyJ";

    private static final int SHORTEST_HEADER = 10;
    private static final int LONGEST_PART = 2_048;
    private static final int SHORTEST_PAYLOAD = 4;
    private static final int SHORTEST_VECTOR = 16;

    private static final CharSet PARTS = CharSet.URL_BASE64.and(CharSet.of("."));

    @Override
    public CharSet first() {
        return CharSet.of("e");
    }

    @Override
    public int reach() {
        return 2 * LONGEST_PART + SHORTEST_VECTOR + 4;
    }

    @Override
    public Verdict at(Window window, int start) {
        if (!window.tokenBegins(start)) {
            return Verdict.NONE;
        }
        Reader reader = new Reader(window, start);
        return reader.object(SHORTEST_HEADER)
                        && reader.dot()
                        && (reader.object(SHORTEST_PAYLOAD)
                                || (reader.run(LONGEST_PART) && reader.dot() && reader.least(SHORTEST_VECTOR)))
                ? new Verdict.Found("JWT", 0, reader.at - start, PARTS::contains)
                : reader.outOfText ? Verdict.MORE : Verdict.NONE;
    }

    /** Reads one part after the other; none of its steps goes on once the text has run out. */
    private static final class Reader {

        private final Window window;
        private int at;
        private boolean outOfText;

        Reader(Window window, int at) {
            this.window = window;
            this.at = at;
        }

        /** A part that is a JSON object of at least so many characters; where it is none, nothing has been read. */
        boolean object(int least) {
            int begin = at;
            for (int i = 0; i < OBJECT.length(); i++) {
                if (!has(at) || window.charAt(at) != OBJECT.charAt(i)) {
                    at = begin;
                    return false;
                }
                at++;
            }
            if (least(least - OBJECT.length()) && (least == SHORTEST_PAYLOAD || run(LONGEST_PART))) {
                return true;
            }
            at = begin;
            return false;
        }

        boolean dot() {
            if (!has(at) || window.charAt(at) != '.') {
                return false;
            }
            at++;
            return true;
        }

        boolean least(int characters) {
            for (int i = 0; i < characters; i++) {
                if (!has(at) || !CharSet.URL_BASE64.contains(window.charAt(at))) {
                    return false;
                }
                at++;
            }
            return true;
        }

        /** As much as there is; more than so much is no such part. */
        boolean run(int most) {
            int begin = at;
            while (has(at) && CharSet.URL_BASE64.contains(window.charAt(at))) {
                if (at - begin == most) {
                    return false;
                }
                at++;
            }
            return !outOfText;
        }

        private boolean has(int index) {
            if (index < window.length()) {
                return true;
            }
            outOfText |= !window.isEnded();
            return false;
        }
    }
}
