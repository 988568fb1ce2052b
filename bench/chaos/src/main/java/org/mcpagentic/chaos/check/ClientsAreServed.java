package org.mcpagentic.chaos.check;

import java.util.List;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.Observation.Refused;

/** {@link Invariant#CLIENTS_ARE_SERVED}. */
final class ClientsAreServed implements Check {

    private static final int CONFLICT = 409;

    @Override
    public List<Violation> violations(Evidence evidence) {
        Findings findings = new Findings(Invariant.CLIENTS_ARE_SERVED);
        for (Refused refused : evidence.seen(Refused.class)) {
            if (refused.status() != CONFLICT) {
                findings.add(
                        refused.task().isEmpty() ? refused.client() : refused.task(),
                        "%s was answered %d %s at %s",
                        refused.request(),
                        refused.status(),
                        refused.code(),
                        refused.at());
            }
        }
        return findings.violations();
    }
}
