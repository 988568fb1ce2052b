package org.mcpagentic.custommcp.audit;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import org.mcpagentic.custommcp.support.AccessOn;

/** Access control is on and has its secret, so that the trail is sealed. */
public final class WithSecret implements QuarkusTestProfile {

    static final String SECRET = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "access.enabled",
                "true",
                "access.secret",
                SECRET,
                "access.first-key",
                AccessOn.FIRST.text(),
                "access.cache",
                "0s");
    }
}
