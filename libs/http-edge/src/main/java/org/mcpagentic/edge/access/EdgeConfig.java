package org.mcpagentic.edge.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;

/** What the gate lets in. */
@ConfigMapping(prefix = "edge")
public interface EdgeConfig {

    /**
     * The {@code Host} headers that are served: {@code name}, with any port, or {@code name:port}, exactly. Behind an
     * ingress this is the public host. The routes for probes and metrics are served on any host.
     */
    @WithDefault("localhost,127.0.0.1,[::1]")
    @NotEmpty
    List<@Pattern(regexp = HostHeader.SYNTAX, message = "must be a host or host:port") String> allowedHosts();

    /**
     * The origins ({@code scheme://host[:port]}) whose pages may call, beside the service's own host. No CORS headers
     * are sent: it is for pages that a proxy serves on another host than it asks for.
     */
    Optional<List<@Pattern(regexp = "https?://" + HostHeader.SYNTAX, message = "must be scheme://host[:port]") String>>
            allowedOrigins();

    /**
     * Where clients reach this service: {@code scheme://host[:port][/prefix]}, without a slash at its end. Needed behind an ingress
     * that serves it below a prefix, so that OAuth clients are pointed at the right address; without it what a request says, or a
     * trusted proxy of it.
     */
    Optional<
                    @Pattern(
                            regexp = "https?://" + HostHeader.SYNTAX + "(?:/[A-Za-z0-9._~-]+)*",
                            message = "must be scheme://host[:port][/prefix]")
                    String>
            publicUrl();

    /**
     * The addresses and networks ({@code 10.42.0.7}, {@code 10.42.0.0/16}, {@code fd00::/8}) of the proxies in front of this service:
     * what they say of a request's client in {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Prefix} is believed.
     * Nobody else is, and nobody at all without this setting.
     */
    Optional<List<String>> trustedProxies();

    /** Who may see {@code /q/metrics}: {@code open}, {@code direct} (through no proxy), {@code authenticated} or {@code off}. */
    @WithDefault("direct")
    Exposure metrics();

    /** Who may see {@code /q/openapi} and {@code /q/swagger-ui}: as for metrics. */
    @WithDefault("direct")
    Exposure apiDocs();

    /** How many requests without a good credential one address may send in a minute, 0 for any number to 100,000. */
    @WithDefault("120")
    @Min(0)
    @Max(100_000)
    int unauthenticatedPerMinute();

    /** The largest request body in bytes: 1 KiB to 64 MiB. */
    @WithDefault("1048576")
    @Min(1024)
    @Max(67_108_864)
    int maxBodyBytes();
}
