package org.mcpagentic.custommcp.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** When ended tasks are removed; how long and how many are kept is the store's to say. */
@ConfigMapping(prefix = "retention")
public interface RetentionConfig {

    /** How often this replica looks for tasks that are kept no longer, give or take a fifth, 100 ms to 1 h. */
    @WithDefault("10s")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration period();
}
