package org.mcpagentic.dashboard.signin;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.mcpagentic.dashboard.StubServices;
import org.mcpagentic.testsupport.CodeFlow;
import org.mcpagentic.testsupport.IssuerOfTests;
import org.mcpagentic.testsupport.RedisOfTests;

/** A dashboard that people sign in to at a provider. To browsers the two are different sites. */
public final class ProviderOn implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = freePort();
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", Integer.toString(port)),
                Map.entry("access.enabled", "true"),
                Map.entry("access.secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
                Map.entry("access.session.idle", "3h"),
                Map.entry("access.oidc.scopes-claim", "roles"),
                Map.entry("access.oidc.scope-mappings", "Analyst=ask statistics:read;Operator=tasks:read tasks:write"),
                Map.entry("dashboard.public-url", "http://localhost:" + port),
                Map.entry("dashboard.oidc.client-id", CodeFlow.CLIENT),
                Map.entry("dashboard.oidc.client-secret", CodeFlow.SECRET),
                Map.entry("dashboard.oidc.label", "Acme & <Co>"),
                Map.entry("dashboard.oidc.longest-session", "2h"),
                Map.entry("edge.unauthenticated-per-minute", "0"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(StubServices.class),
                new TestResourceEntry(RedisOfTests.class),
                new TestResourceEntry(IssuerOfTests.class));
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
