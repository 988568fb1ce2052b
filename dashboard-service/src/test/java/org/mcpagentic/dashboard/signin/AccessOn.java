package org.mcpagentic.dashboard.signin;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.dashboard.StubServices;
import org.mcpagentic.testsupport.RedisOfTests;

/** A dashboard that people sign in to. */
public final class AccessOn implements QuarkusTestProfile {
    // why not random: this class is loaded twice, for the settings and for the tests
    static final Token LINK = new Token(Token.Kind.LINK, 0, "linkoftests00000", "L".repeat(43));
    static final Token KEY_OF_LINK = new Token(Token.Kind.KEY, 0, "keyoflink0000000", "K".repeat(43));

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "edge.trusted-proxies", "127.0.0.1",
                "access.enabled", "true",
                "access.secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "dashboard.sign-in-link", LINK.text(),
                "dashboard.sign-in-link-key", KeyId.of(KEY_OF_LINK).value(),
                "dashboard.session-watch", "1s",
                "edge.unauthenticated-per-minute", "0",
                "edge.allowed-hosts", "localhost,127.0.0.1,dashboard.example");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(StubServices.class), new TestResourceEntry(RedisOfTests.class));
    }
}
