package org.mcpagentic.publicmcp.ask;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long questions may take. */
@ConfigMapping(prefix = "ask")
public interface AskConfig {

    /** Most time for an answer, 1 s to 14 min (a question is settled within 15). */
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 14)
    Duration deadline();
}
