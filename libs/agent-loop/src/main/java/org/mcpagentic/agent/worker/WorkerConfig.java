package org.mcpagentic.agent.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How this process works on tasks. */
@ConfigMapping(prefix = "worker")
public interface WorkerConfig {

    /** How many tasks run at the same time, 0 to 10,000; 0 makes a replica that only serves requests. */
    @WithDefault("64")
    @Min(0)
    @Max(10_000)
    int slots();

    /** How often the lease is renewed, 100 ms to 20 s; at most a third of {@code store.lease}. */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 20)
    Duration heartbeat();

    /** How long running tasks may go on when the process is told to stop, 0 s to 10 min; the rest is handed back. */
    @WithDefault("10s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 10)
    Duration grace();

    /** Most steps of one task, 1 to 1,000. */
    @WithDefault("50")
    @Min(1)
    @Max(1000)
    int steps();

    /** Most time for one task from its first step on, 1 s to 24 h. */
    @WithDefault("15m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    Duration time();

    /** Most time for one turn of a model, 1 s to 1 h. */
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration modelTurn();

    /** Tokens of one task, read and written, after which it takes no further turn, 1 to 1,000,000,000. */
    @WithDefault("2000000")
    @Min(1)
    @Max(1_000_000_000)
    long tokens();

    /** US dollars that one task costs after which it takes no further turn, 0.000001 to 1,000,000. */
    @WithDefault("5")
    @DecimalMin("0.000001")
    @DecimalMax("1000000")
    BigDecimal cost();
}
