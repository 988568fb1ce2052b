package org.mcpagentic.agent.model;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Which model answers. */
@ConfigMapping(prefix = "agent")
public interface ModelConfig {

    /** The model's name; {@code offline} is the only one that this version connects, and the default. */
    Optional<@Pattern(regexp = "offline", message = "must be offline: this version connects no other model") String>
            model();
}
