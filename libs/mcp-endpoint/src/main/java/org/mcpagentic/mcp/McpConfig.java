package org.mcpagentic.mcp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Bounds of what the endpoint keeps and takes. */
@ConfigMapping(prefix = "mcp")
public interface McpConfig {

    /** For how long a session of an earlier revision may go unused, 1 min to 24 h. */
    @WithDefault("1h")
    @DurationMin(minutes = 1)
    @DurationMax(hours = 24)
    Duration sessionExpiry();

    /** How many sessions one owner may have, 1 to 10,000; beginning another ends the one that was unused for longest. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int maxSessions();

    /** For how long a client may take to answer what a call needs, 10 s to 24 h. */
    @WithDefault("10m")
    @DurationMin(seconds = 10)
    @DurationMax(hours = 24)
    Duration requestStateExpiry();

    /** Most entries of one page of a list, 1 to 1,000. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000)
    int pageSize();

    /** Largest arguments of a call as JSON, in characters: 1 KiB to 16 MiB. */
    @WithDefault("1048576")
    @Min(1_024)
    @Max(16_777_216)
    int maxArguments();

    /** For how long clients may believe a list that they have, 0 s to 24 h; they hear of changes if they listen. */
    @WithDefault("1m")
    @DurationMin(seconds = 0)
    @DurationMax(hours = 24)
    Duration listTtl();
}
