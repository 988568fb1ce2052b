package org.mcpagentic.mcp.registry;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mcpagentic.mcp.ServerIdentity;

/** Who a service is that does not say it itself. */
@ApplicationScoped
class DefaultIdentity {

    @Produces
    @Singleton
    @DefaultBean
    ServerIdentity identity(
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new ServerIdentity(name, name, version, Optional.empty(), List.of(), "");
    }
}
