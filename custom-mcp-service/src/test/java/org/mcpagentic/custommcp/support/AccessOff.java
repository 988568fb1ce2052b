package org.mcpagentic.custommcp.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A built dashboard that nobody signs in to: what is tested in it is not who asks. */
public final class AccessOff implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("access.enabled", "false");
    }
}
