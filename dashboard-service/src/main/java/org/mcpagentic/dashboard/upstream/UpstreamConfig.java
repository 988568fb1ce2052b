package org.mcpagentic.dashboard.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The services behind the page. A setting that is out of its bounds stops the start. */
@ConfigMapping(prefix = "dashboard.upstream")
public interface UpstreamConfig {
    /** Where custom-mcp-service is; environment {@code CUSTOM_MCP_URL}. */
    @WithDefault("http://localhost:8000")
    BaseUrl customMcp();

    /** Where public-mcp-service is; environment {@code PUBLIC_MCP_URL}. */
    @WithDefault("http://localhost:8001")
    BaseUrl publicMcp();

    /** How long the connection of a stream may take to be made. */
    @WithDefault("2s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration connectTimeout();

    /** How long a stream that somebody reads may be silent before it counts as broken; a model may think that long. */
    @WithDefault("2m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration streamSilence();

    /**
     * How long the statistics may be silent before they are asked for anew. A little more than the 15 s between the
     * comments that the services send, so that a dead connection is noticed soon.
     */
    @WithDefault("20s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration statsSilence();

    /** How many streams one service may have open for browsers at once; more are refused with 503. */
    @WithDefault("2000")
    @Min(1)
    @Max(100_000)
    int maxStreams();
}
