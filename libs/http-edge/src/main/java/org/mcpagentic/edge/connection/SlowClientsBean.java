package org.mcpagentic.edge.connection;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Turns the deadlines on before the first connection of any kind: Netty looks for extensions once. */
@ApplicationScoped
class SlowClientsBean {

    private final ConnectionConfig config;

    SlowClientsBean(ConnectionConfig config) {
        this.config = config;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        System.setProperty(SlowClients.HEAD_TIMEOUT, config.headTimeout().toString());
        System.setProperty(SlowClients.READ_TIMEOUT, config.readTimeout().toString());
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }
}
