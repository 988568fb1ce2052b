package org.mcpagentic.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Whether and how callers are known. */
@ConfigMapping(prefix = "access")
public interface AccessConfig {

    /** Whether callers have to prove who they are. Off only where the service listens on the loopback interface. */
    @WithDefault("true")
    boolean enabled();

    /** Base64 of at least 32 random bytes, the same in all services; credentials are hashed and the audit trail is sealed with it. */
    Optional<String> secret();

    /** An API key's token that is made at start, with all rights, unless there is one with its id. */
    Optional<String> firstKey();

    /** For how long a credential that was looked up is believed, 0 s to 60 s: a revocation takes effect within. */
    @WithDefault("1s")
    @DurationMin(seconds = 0)
    @DurationMax(seconds = 60)
    Duration cache();
}
