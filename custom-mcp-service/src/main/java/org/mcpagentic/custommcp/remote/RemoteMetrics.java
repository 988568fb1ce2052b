package org.mcpagentic.custommcp.remote;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** What is measured of external servers, by their names, of which there are as many as administrators gave. */
@ApplicationScoped
class RemoteMetrics {

    private final MeterRegistry registry;

    RemoteMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code succeeded}, {@code failed} (the tool says so) or {@code broken} (the server did not do its part) */
    void called(String server, String outcome, Duration took) {
        Timer.builder("remote.call")
                .description("Time that calls of external MCP servers took")
                .tag("server", server)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    void refused(String server) {
        called(server, "resting", Duration.ZERO);
    }

    void looked(String server, boolean succeeded) {
        Counter.builder("remote.look")
                .description("Times that external MCP servers were asked what they offer")
                .tag("server", server)
                .tag("outcome", succeeded ? "succeeded" : "failed")
                .register(registry)
                .increment();
    }

    void waiting(String server, int tools) {
        Counter.builder("remote.tool.quarantined")
                .description("Definitions of tools that came or changed, and wait for an approval")
                .tag("server", server)
                .register(registry)
                .increment(tools);
    }
}
