package org.mcpagentic.agent.loop;

import java.time.Duration;
import java.time.Instant;
import org.mcpagentic.agent.model.ModelException;

/** What follows where a model did not take its turn. */
sealed interface AfterFailure {

    /** Turns in a row that may be unusable before the task fails. */
    int MOST_UNUSABLE = 3;

    /** The task fails. */
    record GiveUp() implements AfterFailure {}

    /** The next turn is taken at once. */
    record AskAgain() implements AfterFailure {}

    /** The next turn is taken at once, with less of what was said before. */
    record SayLess() implements AfterFailure {}

    /** The task goes back to the queue for a while. */
    record Later(Duration delay) implements AfterFailure {}

    /**
     * @param inARow how many turns in a row failed for this kind of reason, this one included
     * @param end when the task's time is spent; what cannot be tried before gives up now
     */
    static AfterFailure of(ModelException reason, int inARow, Instant now, Instant end) {
        return switch (reason.kind()) {
            case TRANSIENT -> inARow < Backoff.MOST_ATTEMPTS ? later(reason, inARow, now, end) : new GiveUp();
            // why no count: the provider says when, and the task's time is the bound
            case RATE_LIMITED -> later(reason, inARow, now, end);
            case UNUSABLE -> inARow < MOST_UNUSABLE ? new AskAgain() : new GiveUp();
            case TOO_LONG -> inARow < MOST_UNUSABLE ? new SayLess() : new GiveUp();
            case QUOTA_EXHAUSTED, KEY_REFUSED, BLOCKED, PERMANENT -> new GiveUp();
        };
    }

    private static AfterFailure later(ModelException reason, int inARow, Instant now, Instant end) {
        Duration delay = reason.retryAfter().map(Backoff::notBefore).orElseGet(() -> Backoff.before(inARow + 1));
        return now.plus(delay).isBefore(end) ? new Later(delay) : new GiveUp();
    }
}
