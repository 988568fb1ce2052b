package org.mcpagentic.edge.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mcpagentic.access.AccessConfig;

/** Keeps a service without access control away from the network. */
@ApplicationScoped
class OpenDoor {

    private static final Logger LOG = Logger.getLogger(OpenDoor.class);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
    private static final int FIRST_OF_ALL = 1;

    /** Stops the start where anyone on the network could do anything. */
    void check(
            @Observes @Priority(FIRST_OF_ALL) StartupEvent event,
            AccessConfig config,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host) {
        refuse(config.enabled(), host);
        if (!config.enabled()) {
            LOG.warn("access control is off: whoever reaches the loopback interface may do everything");
        }
    }

    static void refuse(boolean enabled, String host) {
        if (!enabled && !LOOPBACK.contains(host)) {
            throw new IllegalStateException(
                    "access.enabled=false is for the loopback interface only, and this service listens on " + host
                            + ": give it a secret (ACCESS_SECRET), or set quarkus.http.host=127.0.0.1");
        }
    }
}
