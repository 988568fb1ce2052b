package org.mcpagentic.custommcp.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A task that somebody wants done once more.
 *
 * @param fromStep the first step to be taken anew; those before it are taken over
 */
@RegisterForReflection
@Schema(name = "RetryRequest")
public record RetryRequest(
        @Schema(
                description =
                        "the first step to be taken anew, 1 to one more than the task has; the steps before it are"
                                + " taken over",
                minimum = "1",
                defaultValue = "1")
        Optional<Integer> fromStep) {

    /** A task from its first step on. */
    static final RetryRequest WHOLE = new RetryRequest(Optional.empty());
}
