package org.mcpagentic.custommcp.mcp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long MCP clients wait for tasks. */
@ConfigMapping(prefix = "mcp.tasks")
public interface WaitConfig {

    /** How long {@code run_task} waits where the caller names no time, 0 s to 1 h. */
    @WithDefault("5m")
    @DurationMin(seconds = 0)
    @DurationMax(hours = 1)
    Duration runWait();

    /** How often a client is told to ask for a task that is under way, 100 ms to 1 min. */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration pollInterval();
}
