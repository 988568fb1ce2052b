package org.mcpagentic.access.mask;

/** Knows one secret by its very characters. */
final class LiteralFinder implements Finder {

    private final String kind;
    private final String secret;

    LiteralFinder(String kind, String secret) {
        this.kind = kind;
        this.secret = secret;
    }

    @Override
    public CharSet first() {
        char first = secret.charAt(0);
        return first < 128 ? CharSet.of(String.valueOf(first)) : CharSet.of("").negated();
    }

    @Override
    public int reach() {
        return secret.length();
    }

    @Override
    public Verdict at(Window window, int start) {
        for (int i = 0; i < secret.length(); i++) {
            if (start + i == window.length()) {
                return window.atItsEnd();
            }
            if (window.charAt(start + i) != secret.charAt(i)) {
                return Verdict.NONE;
            }
        }
        return new Verdict.Found(kind, 0, secret.length(), Rest.NOTHING);
    }
}
