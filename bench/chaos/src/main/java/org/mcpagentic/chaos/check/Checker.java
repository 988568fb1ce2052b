package org.mcpagentic.chaos.check;

import java.util.List;
import org.mcpagentic.chaos.history.Evidence;

/** Holds a history against all invariants. */
public final class Checker {

    private static final List<Check> CHECKS = List.of(
            new EndsOnce(),
            new StaleChangesNothing(),
            new CountersAgree(),
            new NoResidue(),
            new NoStepTwice(),
            new EventsInOrder(),
            new OutboxComplete(),
            new WorkGoesOn(),
            new ClientsAreServed());

    private Checker() {}

    /** All violations, by invariant. */
    public static List<Violation> violations(Evidence evidence) {
        return CHECKS.stream()
                .flatMap(check -> check.violations(evidence).stream())
                .toList();
    }
}
