package org.mcpagentic.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An OpenID provider of the tests' own, which the service trusts; injected into fields of type {@link LocalIssuer}. */
public final class IssuerOfTests implements QuarkusTestResourceLifecycleManager {

    private @Nullable LocalIssuer issuer;

    @Override
    public Map<String, String> start() {
        LocalIssuer started = LocalIssuer.start();
        issuer = started;
        return Map.of("access.oidc.issuer", started.url(), "access.oidc.audience", LocalIssuer.AUDIENCE);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(issuer, new TestInjector.MatchesType(LocalIssuer.class));
    }

    @Override
    public void stop() {
        if (issuer != null) {
            issuer.close();
        }
    }
}
