package org.mcpagentic.custommcp.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A worker with one slot, so that a test which fills it can play the other workers, and the tool that posts notes. */
public final class OneSlot implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("worker.slots", "1", "tests.post-note", "true", "approval.default.non-idempotent", "allow");
    }
}
