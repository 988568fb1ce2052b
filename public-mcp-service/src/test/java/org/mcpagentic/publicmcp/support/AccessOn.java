package org.mcpagentic.publicmcp.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Callers prove who they are. */
public final class AccessOn implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("access.enabled", "true", "access.secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    }
}
