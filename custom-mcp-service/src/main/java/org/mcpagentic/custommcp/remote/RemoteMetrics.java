package org.mcpagentic.custommcp.remote;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.custommcp.remote.registry.ServerId;

/** What is measured of external servers: of each that the configuration names, and of all together that administrators added. */
@ApplicationScoped
class RemoteMetrics {

    /** No name of a server, which has no asterisk. */
    private static final String ADDED = "*added";

    private final MeterRegistry registry;

    RemoteMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Why not their names: tenants choose those, two may choose the same, and they would stay for ever. */
    private static String tag(ServerId server) {
        return server.tenant().isPresent() ? ADDED : server.name();
    }

    /** @param outcome {@code succeeded}, {@code failed} (the tool says so) or {@code broken} (the server did not do its part) */
    void called(ServerId server, String outcome, Duration took) {
        Timer.builder("remote.call")
                .description("Time that calls of external MCP servers took")
                .tag("server", tag(server))
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    void refused(ServerId server) {
        called(server, "resting", Duration.ZERO);
    }

    void looked(ServerId server, boolean succeeded) {
        Counter.builder("remote.look")
                .description("Times that external MCP servers were asked what they offer")
                .tag("server", tag(server))
                .tag("outcome", succeeded ? "succeeded" : "failed")
                .register(registry)
                .increment();
    }

    void waiting(ServerId server, int tools) {
        Counter.builder("remote.tool.quarantined")
                .description("Definitions of tools that came or changed, and wait for an approval")
                .tag("server", tag(server))
                .register(registry)
                .increment(tools);
    }
}
