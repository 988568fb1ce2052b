package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * An error, in the form of whichever provider is asked.
 *
 * @param message the provider's own words where empty
 * @param retryDelay what the client is told to wait; zero for nothing told
 * @param after how long the error takes to come
 */
public record Refusal(Cause cause, String message, Duration retryDelay, Duration after) implements Reply {
    /** What is wrong. */
    public enum Cause {
        /** The key is not one. */
        WRONG_KEY,
        /** There is no key. */
        MISSING_KEY,
        /** The key may not do this. */
        NOT_PERMITTED,
        /** No model has that name. */
        UNKNOWN_MODEL,
        /** The request breaks a rule. */
        BAD_REQUEST,
        /** The conversation has more tokens than the model takes. */
        TOO_LONG,
        /** Too many requests in the last minute. */
        RATE_LIMITED,
        /** Too many requests today. */
        DAILY_QUOTA,
        /** The model is overloaded. */
        OVERLOADED,
        /** The provider is broken. */
        INTERNAL
    }

    public Refusal {
        requireNonNull(cause, "cause");
        requireNonNull(message, "message");
        if (retryDelay.isNegative() || after.isNegative()) {
            throw new IllegalArgumentException("no time is negative");
        }
    }

    static Refusal of(Cause cause) {
        return of(cause, "");
    }

    static Refusal of(Cause cause, String message) {
        return new Refusal(cause, message, Duration.ZERO, Duration.ZERO);
    }

    /** The same, this long after the request. */
    public Refusal after(Duration wait) {
        return new Refusal(cause, message, retryDelay, wait);
    }
}
