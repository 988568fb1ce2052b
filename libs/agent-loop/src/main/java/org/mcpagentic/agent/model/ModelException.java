package org.mcpagentic.agent.model;

import java.time.Duration;
import java.util.Optional;

/** A model that did not answer. The message is fit for a user and holds no key and no prompt. */
public final class ModelException extends RuntimeException {

    /** What kind of failure it was; decides whether another try, or another model, can help. */
    public enum Kind {
        /** Overloaded, unreachable or timed out: another try later may succeed. */
        TRANSIENT("model_unavailable"),
        /** Left alone for a while, since most calls of it failed: another try later may succeed. */
        RESTING("model_unavailable"),
        /** Asked too often for the moment: another try succeeds when the provider said so. */
        RATE_LIMITED("model_rate_limited"),
        /** What the account may use today, or at all, is used up. */
        QUOTA_EXHAUSTED("model_quota_exhausted"),
        /** The key is missing, wrong, or not allowed to use this model. */
        KEY_REFUSED("model_key_refused"),
        /** The conversation does not fit the model's context window. */
        TOO_LONG("model_context_exceeded"),
        /** The provider's policy forbids the prompt or the answer. */
        BLOCKED("model_blocked"),
        /** Refused for good: bad request, a model that the provider does not have. */
        PERMANENT("model_failed"),
        /** The model answered something that cannot be used; another try may be luckier. */
        UNUSABLE("model_unusable");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** The stable code that a task's error and a problem document carry. */
        public String code() {
            return code;
        }
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    private final Usage usage;

    public ModelException(Kind kind, String message, Optional<Duration> retryAfter) {
        this(kind, message, retryAfter, Usage.NONE);
    }

    private ModelException(Kind kind, String message, Optional<Duration> retryAfter, Usage usage) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.usage = usage;
    }

    /** The same failure of a turn that was paid for. */
    public ModelException after(Usage spent) {
        ModelException same = new ModelException(kind, String.valueOf(getMessage()), retryAfter, spent);
        same.setStackTrace(getStackTrace());
        return same;
    }

    /** What the turn used although it failed. */
    public Usage usage() {
        return usage;
    }

    public Kind kind() {
        return kind;
    }

    /** When the provider wants to be asked again, where it said so. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
