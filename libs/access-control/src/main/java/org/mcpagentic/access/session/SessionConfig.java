package org.mcpagentic.access.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long people stay signed in at the dashboard. */
@ConfigMapping(prefix = "access.session")
public interface SessionConfig {

    /** After how long without a request a session ends, 1 s to 30 days. */
    @WithDefault("30m")
    @DurationMin(seconds = 1)
    @DurationMax(days = 30)
    Duration idle();

    /** After how long it ends however much it is used, 1 s to 90 days. */
    @WithDefault("12h")
    @DurationMin(seconds = 1)
    @DurationMax(days = 90)
    Duration absolute();
}
