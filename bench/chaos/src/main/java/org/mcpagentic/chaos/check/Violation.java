package org.mcpagentic.chaos.check;

/** An invariant that does not hold: for which task, or for what else, and how. */
public record Violation(Invariant invariant, String subject, String what) {

    @Override
    public String toString() {
        return invariant + " " + subject + ": " + what;
    }
}
