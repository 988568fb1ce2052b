package org.mcpagentic.custommcp.retention;

import java.util.LinkedHashSet;
import java.util.Set;

/** What was said before, so that it is said once. */
final class Reported {

    private static final int MOST = 1000;

    private final Set<String> before = new LinkedHashSet<>();

    /** Whether this was not said yet, or so long ago that it is forgotten. */
    synchronized boolean isNew(String what) {
        if (before.size() >= MOST) {
            before.remove(before.iterator().next());
        }
        return before.add(what);
    }
}
