package org.mcpagentic.chaos.check;

import java.util.ArrayList;
import java.util.List;

/** The violations of one invariant, as they are found. */
final class Findings {

    private final Invariant invariant;
    private final List<Violation> violations = new ArrayList<>();

    Findings(Invariant invariant) {
        this.invariant = invariant;
    }

    // why: the annotation that it asks for would take a library of its own
    @SuppressWarnings("AnnotateFormatMethod")
    void add(String subject, String what, Object... values) {
        violations.add(new Violation(invariant, subject, what.formatted(values)));
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
