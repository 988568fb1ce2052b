package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a key's secret is replaced.
 *
 * @param grace seconds for which the old one stays valid
 */
@RegisterForReflection
@Schema(name = "RotationRequest")
public record RotationRequest(
        @Schema(
                description = "seconds for which the old secret stays valid",
                minimum = "0",
                maximum = "604800",
                defaultValue = "0",
                examples = "3600")
        Optional<BigDecimal> grace) {

    /** The old secret ends now. */
    static final RotationRequest AT_ONCE = new RotationRequest(Optional.empty());
}
