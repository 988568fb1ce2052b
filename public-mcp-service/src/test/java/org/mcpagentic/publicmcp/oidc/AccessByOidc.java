package org.mcpagentic.publicmcp.oidc;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.mcpagentic.testsupport.IssuerOfTests;
import org.mcpagentic.testsupport.RedisOfTests;

/** A service whose callers have tokens of a provider; each may ask thrice in a minute. */
public final class AccessByOidc implements QuarkusTestProfile {

    static final int REQUESTS = 3;

    static final String PUBLIC_URL = "https://agents.example/public";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "access.enabled", "true",
                "access.secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "access.oidc.tenant-claim", "org",
                "edge.public-url", PUBLIC_URL,
                "access.oidc.requests-per-minute", Integer.toString(REQUESTS),
                "edge.unauthenticated-per-minute", "0");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RedisOfTests.class), new TestResourceEntry(IssuerOfTests.class));
    }
}
