package org.mcpagentic.custommcp.tasks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long requests wait for tasks. */
@ConfigMapping(prefix = "tasks")
public interface TasksConfig {

    /** How long {@code POST /task/{id}/run} waits where the caller names no time, 0 s to 10 min. */
    @WithDefault("25s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 10)
    Duration runWait();

    /** The longest wait that {@code Prefer: wait=N} gets, 0 s to 10 min; proxies in front have to allow it. */
    @WithDefault("50s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 10)
    Duration longestWait();
}
