package org.mcpagentic.store;

import java.time.Duration;
import java.util.Optional;

/**
 * What the store refuses or cannot do. The code is stable; services translate it once, at their edge.
 */
public final class StoreException extends RuntimeException {

    /** Why the store refused. */
    public enum Code {
        /** No such task for this tenant, or no longer kept. */
        TASK_NOT_FOUND,
        /** No such response for this tenant, or no longer kept. */
        RESPONSE_NOT_FOUND,
        /** The idempotency key's first request made a task that is no longer kept. */
        TASK_PURGED,
        /** The step has an outcome, or was never begun. */
        STEP_SETTLED,
        /** No such approval for this tenant, or no longer kept. */
        APPROVAL_NOT_FOUND,
        /** The approval is another one by now than the decision is about. */
        APPROVAL_CHANGED,
        /** The approval was decided otherwise, has expired or was withdrawn. */
        APPROVAL_DECIDED,
        /** The task's state does not allow the transition. */
        ILLEGAL_TRANSITION,
        /** The idempotency key was used before with another request. */
        IDEMPOTENCY_MISMATCH,
        /** The idempotency key's first request has not been answered yet. */
        IDEMPOTENCY_IN_FLIGHT,
        /** A guard (rate, concurrency or budget) refused; {@link #retryAfter()} says when it may pass. */
        GUARD_REFUSED,
        /** The claim token is not the task's current one: another worker owns it or nobody does. */
        STALE_CLAIM,
        /** A journal entry or the journal as a whole is over its bound. */
        JOURNAL_FULL,
        /** The tenant remembers as many entries or bytes as it may. */
        MEMORY_FULL,
        /** Redis is above its memory watermark: nothing new is accepted. */
        STORE_FULL,
        /** Redis does not answer; whether the request took effect is unknown. */
        STORE_UNAVAILABLE
    }

    private final Code code;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<Guard.Kind> guard;

    public StoreException(Code code, String message) {
        this(code, message, Optional.empty(), null);
    }

    public StoreException(
            Code code,
            String message,
            Optional<Duration> retryAfter,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
        this.guard = Optional.empty();
    }

    /** A guard refused. */
    public StoreException(Guard.Kind guard, Duration retryAfter) {
        super("a limit is reached");
        this.code = Code.GUARD_REFUSED;
        this.retryAfter = Optional.of(retryAfter);
        this.guard = Optional.of(guard);
    }

    public Code code() {
        return code;
    }

    /** When trying again makes sense, where the store knows. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What kind of guard refused, where one did. */
    public Optional<Guard.Kind> guard() {
        return guard;
    }
}
