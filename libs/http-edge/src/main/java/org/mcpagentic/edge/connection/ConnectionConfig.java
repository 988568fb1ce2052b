package org.mcpagentic.edge.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How slow a client may be. How many there may be at once is {@code quarkus.http.limits.max-connections}. */
@ConfigMapping(prefix = "connection")
public interface ConnectionConfig {

    /** Most time from a request's first byte, or from a connection's beginning, to the end of its head: 1 s to 5 min. */
    @WithDefault("10s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 5)
    Duration headTimeout();

    /** A client that takes less than 32 KiB of a waiting answer in this time is left: 5 s to 10 min. */
    @WithDefault("30s")
    @DurationMin(seconds = 5)
    @DurationMax(minutes = 10)
    Duration readTimeout();
}
