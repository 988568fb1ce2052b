package org.mcpagentic.models.wire;

import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

/**
 * Says what went wrong with a model, in sentences that begin with its name.
 *
 * @param model the name in the catalogue
 */
public record Failures(String model) {

    public ModelException of(Kind kind, String what, Optional<Duration> retryAfter) {
        return new ModelException(kind, "the model \"" + model + "\" " + what, retryAfter);
    }

    public ModelException of(Kind kind, String what) {
        return of(kind, what, Optional.empty());
    }

    public ModelException unusable(String what) {
        return of(Kind.UNUSABLE, what);
    }

    /** The answer stopped in the middle. */
    public ModelException cut() {
        return of(Kind.TRANSIENT, "stopped in the middle of its answer");
    }
}
