package org.mcpagentic.custommcp.tools.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What may be fetched from the network, and how much of it. */
@ConfigMapping(prefix = "tools.http-fetch")
public interface FetchConfig {

    /** Whether anything is fetched at all; if not, there is no tool http_fetch and csv_summary takes no URL. */
    @WithDefault("true")
    boolean enabled();

    /** How many bytes of a page are read, after decompression: 1 KiB to 32 MiB. */
    @WithDefault("5242880")
    @Min(1_024)
    @Max(33_554_432)
    int maxBytes();

    /** How long a page may take from the first look-up to its last byte, redirects included: 1 s to 5 min. */
    @WithDefault("20s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 5)
    Duration timeout();

    /** How many redirects are followed: 0 to 20. */
    @WithDefault("5")
    @Min(0)
    @Max(20)
    int redirects();

    /** The ports that may be asked. */
    @WithDefault("80,443")
    @NotEmpty
    List<@Min(1) @Max(65_535) Integer> ports();

    /**
     * Servers of the operator's own ({@code host:port}, exactly as URLs name them) that may be fetched although they are on a
     * private network, under a private name or at another port.
     */
    Optional<
                    List<
                            @Pattern(
                                    regexp = "[a-z0-9.-]+:[0-9]{1,5}|\\[[0-9a-f:]+]:[0-9]{1,5}",
                                    message = "must be host:port")
                            String>>
            trusted();

    /** Public networks of the operator's own ({@code address/bits}) that are not fetched from either. */
    Optional<
                    List<
                            @Pattern(
                                    regexp = "[0-9.]+/[0-9]{1,2}|[0-9a-f:]+/[0-9]{1,3}",
                                    message = "must be address/bits")
                            String>>
            refusedNetworks();

    /** What servers are told that asks them. */
    @WithDefault("mcp-agentic-ai-server/${quarkus.application.version:unknown}")
    @Pattern(regexp = "[ -~]{1,200}", message = "must be 1 to 200 printable ASCII characters")
    String userAgent();
}
