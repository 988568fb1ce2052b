package org.mcpagentic.access.mask;

/** One pass over a text as it comes, which masks what its finders know. */
final class Pass {

    /** Text that has been dealt with is forgotten in pieces of this many characters: thousands of streams wait at a time. */
    private static final int PIECE = 64;

    private final Finders finders;
    private final Window window = new Window();
    private int at;
    private Rest rest = Rest.NOTHING;

    Pass(Finders finders) {
        this.finders = finders;
    }

    String take(String piece) {
        window.append(piece);
        return next();
    }

    String end() {
        window.end();
        return next();
    }

    int heldBack() {
        return window.length() - at;
    }

    long looks() {
        return window.looks();
    }

    private String next() {
        StringBuilder out = new StringBuilder(window.length() - at);
        drop();
        int clean = at;
        while (at < window.length()) {
            Verdict verdict = verdict();
            if (verdict instanceof Verdict.More) {
                break;
            }
            if (verdict instanceof Verdict.Found found) {
                window.copyTo(out, clean, at + found.shown());
                out.append("[masked: ").append(found.kind()).append(']');
                at += found.length();
                rest = found.rest();
                drop();
                clean = at;
            } else {
                at++;
            }
        }
        window.copyTo(out, clean, at);
        if (at > PIECE) {
            at = window.forgetBefore(at);
        }
        return out.toString();
    }

    /** Goes past what is left of the secret before. */
    private void drop() {
        while (at < window.length() && rest.takes(window.charAt(at))) {
            at++;
        }
        if (at < window.length()) {
            rest = Rest.NOTHING;
        }
    }

    private Verdict verdict() {
        for (Finder finder : finders.beginningWith(window.charAt(at))) {
            Verdict verdict = finder.at(window, at);
            // why also what needs more: a later finder may fit already, but only if this one does not in the end
            if (!(verdict instanceof Verdict.None)) {
                return verdict;
            }
        }
        return Verdict.NONE;
    }
}
