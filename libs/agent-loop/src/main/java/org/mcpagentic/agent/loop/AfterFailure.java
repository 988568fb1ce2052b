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

    /** The task goes back to the queue for a while, and the failed turn counts. */
    record Later(Duration delay) implements AfterFailure {}

    /** The task goes back to the queue for a while, as if the turn had not been tried. */
    record PutOff(Duration delay) implements AfterFailure {}

    /**
     * @param inARow how many turns in a row failed for this kind of reason, this one included
     * @param end when the task's time is spent; what cannot be tried before gives up now
     */
    static AfterFailure of(ModelException reason, int inARow, Instant now, Instant end) {
        Duration delay = reason.retryAfter().map(Backoff::notBefore).orElseGet(() -> Backoff.before(inARow + 1));
        boolean inTime = now.plus(delay).isBefore(end);
        return switch (reason.kind()) {
            case TRANSIENT -> inTime && inARow < Backoff.MOST_ATTEMPTS ? new Later(delay) : new GiveUp();
            // why no count: it is said when to come back, and the task's time is the bound
            case RATE_LIMITED, RESTING -> inTime ? new PutOff(delay) : new GiveUp();
            case UNUSABLE -> inARow < MOST_UNUSABLE ? new AskAgain() : new GiveUp();
            case TOO_LONG -> inARow < MOST_UNUSABLE ? new SayLess() : new GiveUp();
            case QUOTA_EXHAUSTED, KEY_REFUSED, BLOCKED, PERMANENT -> new GiveUp();
        };
    }
}
