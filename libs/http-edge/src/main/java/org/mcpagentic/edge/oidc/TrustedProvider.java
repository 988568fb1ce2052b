package org.mcpagentic.edge.oidc;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The OpenID provider whose tokens are trusted, where one is configured. */
@ApplicationScoped
public class TrustedProvider {

    private final Optional<OpenIdProvider> provider;

    /** @throws IllegalStateException if the settings cannot be used; the message says which */
    TrustedProvider(OidcConfig config, Vertx vertx) {
        if (config.issuer().isPresent() && config.audience().orElse(List.of()).isEmpty()) {
            throw new IllegalStateException(
                    "access.oidc.audience is missing: without it a token that was made for any other service would do");
        }
        this.provider =
                config.issuer().map(issuer -> new OpenIdProvider(issuer, config, vertx, InstantSource.system()));
    }

    /** Why observed: so that settings that cannot be used stop the start, and not the first request. */
    void start(@Observes StartupEvent event) {}

    public Optional<OpenIdProvider> provider() {
        return provider;
    }
}
