package org.mcpagentic.custommcp.support;

import java.util.Set;

/** Callers prove who they are, and what is written down is kept for the test. */
public final class AccessRecorded extends AccessOn {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(RecordingAudit.class);
    }
}
