package org.mcpagentic.access.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the audit trail is kept. */
@ConfigMapping(prefix = "access.audit")
public interface AuditConfig {

    /** How long sealed entries are kept at least, 1 day to 10 years of 365 days; they go at the first checkpoint that is older. */
    @WithDefault("365d")
    @DurationMin(days = 1)
    @DurationMax(days = 3650)
    Duration retention();

    /** How many sealed entries of one shard are kept at most, 10,000 to 1,000,000,000; what goes for this is told as a loss. */
    @WithDefault("10000000")
    @Min(10_000)
    @Max(1_000_000_000)
    long mostEntries();

    /** How often a sealer looks where nothing told it to, 100 ms to 1 s. */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 1)
    Duration period();
}
