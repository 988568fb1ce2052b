package org.mcpagentic.access.audit.verify;

import java.util.List;
import org.mcpagentic.access.audit.trail.Position;

/**
 * What a verifier found.
 *
 * @param entries that it looked at
 * @param checkpoints that it looked at
 * @param base behind which it began
 * @param end where it ended
 * @param findings none where the trail is as it was sealed
 * @param notes what could not be looked at, and why
 */
public record Verification(
        long entries, long checkpoints, Position base, Position end, List<Finding> findings, List<String> notes) {

    public Verification {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    public boolean intact() {
        return findings.isEmpty();
    }
}
