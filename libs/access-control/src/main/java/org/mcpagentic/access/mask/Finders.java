package org.mcpagentic.access.mask;

import java.util.ArrayList;
import java.util.List;

/** Finders by the character that they begin with, in their order. */
final class Finders {

    private static final Finder[] NOBODY = {};
    private static final int ASCII = 128;

    private final Finder[][] byFirst = new Finder[ASCII][];
    private final Finder[] others;
    private final int reach;

    Finders(List<? extends Finder> finders) {
        for (char c = 0; c < ASCII; c++) {
            byFirst[c] = beginningWith(finders, c);
        }
        others = beginningWith(finders, (char) ASCII);
        reach = finders.stream().mapToInt(Finder::reach).max().orElse(0);
    }

    private static Finder[] beginningWith(List<? extends Finder> finders, char c) {
        List<Finder> found = new ArrayList<>(finders);
        found.removeIf(finder -> !finder.first().contains(c));
        return found.toArray(NOBODY);
    }

    Finder[] beginningWith(char c) {
        return c < ASCII ? byFirst[c] : others;
    }

    /** Most characters that one of them looks at from one place on. */
    int reach() {
        return reach;
    }
}
