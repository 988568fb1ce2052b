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
    static final Token LINK = Token.random(Token.Kind.LINK, 0);
    static final Token KEY_OF_LINK = Token.random(Token.Kind.KEY, 0);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
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
