package org.mcpagentic.publicmcp.oidc;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.mcpagentic.testsupport.IssuerOfTests;
import org.mcpagentic.testsupport.RedisOfTests;

/** A service that takes tokens of a provider, and trusts a proxy at 127.0.0.1 to say how its callers came. */
public final class BehindAProxy implements QuarkusTestProfile {

    static final int STRANGERS_REQUESTS = 4;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "access.enabled", "true",
                "access.secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "access.oidc.tenant-claim", "org",
                "edge.trusted-proxies", "127.0.0.1/32",
                "edge.allowed-hosts", "localhost,127.0.0.1,agents.example",
                "edge.unauthenticated-per-minute", Integer.toString(STRANGERS_REQUESTS));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RedisOfTests.class), new TestResourceEntry(IssuerOfTests.class));
    }
}
