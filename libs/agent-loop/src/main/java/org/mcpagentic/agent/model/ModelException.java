package org.mcpagentic.agent.model;

import java.time.Duration;
import java.util.Optional;

/** A model that did not answer. The message is fit for a user and holds no key and no prompt. */
public final class ModelException extends RuntimeException {

    /** What kind of failure it was; decides whether another try can help. */
    public enum Kind {
        /** Overloaded, unreachable, timed out or rate limited: another try later may succeed. */
        TRANSIENT,
        /** Refused for good: bad request, missing or wrong key, exhausted daily quota. */
        PERMANENT,
        /** The model answered something that cannot be used. */
        UNUSABLE
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    public ModelException(Kind kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** When the provider wants to be asked again, where it said so. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
