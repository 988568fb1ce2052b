package org.mcpagentic.access.mask;

/**
 * Knows private keys in PEM, also where their line breaks are written as {@code \n}. Takes everything up to the end mark,
 * or up to what cannot be a part of such a block.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PrivateKeyFinder implements Finder {

    private static final String BEGIN = "-----BEGIN ";
    private static final String WANTED = "PRIVATE KEY";
    private static final CharSet LABEL = CharSet.UPPER.and(CharSet.DIGITS).and(CharSet.of(" "));
    private static final int LONGEST_LABEL = 48;
    private static final int DASHES = 5;

    @Override
    public CharSet first() {
        return CharSet.of("-");
    }

    @Override
    public int reach() {
        return BEGIN.length() + LONGEST_LABEL + DASHES;
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
        StringBuilder label = new StringBuilder();
        while (at < window.length() && label.length() < LONGEST_LABEL && LABEL.contains(window.charAt(at))) {
            label.append(window.charAt(at++));
        }
        for (int i = 0; i < DASHES; i++, at++) {
            if (at == window.length()) {
                return window.atItsEnd();
            }
            if (window.charAt(at) != '-') {
                return Verdict.NONE;
            }
        }
        return label.indexOf(WANTED) < 0 ? Verdict.NONE : new Verdict.Found("private key", 0, at - start, new Body());
    }

    /** The block behind its first line. */
    private static final class Body implements Rest {

        private static final int LONGEST = 16_384;
        private static final String END = "-----END";
        private static final CharSet PARTS =
                CharSet.TOKEN68.and(CharSet.WHITESPACE).and(CharSet.of("\\:,()@"));

        private int taken;
        private int matched;
        private int closing;

        @Override
        public boolean takes(char c) {
            if (closing == DASHES || taken == LONGEST || !PARTS.contains(c)) {
                return false;
            }
            taken++;
            if (matched == END.length()) {
                closing = c == '-' ? closing + 1 : 0;
            } else if (c == END.charAt(matched)) {
                matched++;
            } else if (c != '-' || matched != DASHES) {
                // why not for a sixth dash: the last five are as good a beginning
                matched = c == '-' ? 1 : 0;
            }
            return true;
        }
    }
}
