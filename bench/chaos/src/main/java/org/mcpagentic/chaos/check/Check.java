package org.mcpagentic.chaos.check;

import java.util.List;
import org.mcpagentic.chaos.history.Evidence;

/** Looks for what breaks one invariant. */
interface Check {

    List<Violation> violations(Evidence evidence);
}
