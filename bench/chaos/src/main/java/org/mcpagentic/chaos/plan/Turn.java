package org.mcpagentic.chaos.plan;

import java.time.Duration;
import java.util.Locale;

/**
 * What the model does in one turn.
 *
 * @param thinking how long the model takes
 * @param rethinking how long it takes where the turn was asked for before
 * @param working how long the tool takes that is called; zero where none is
 * @param refusals how often the model refuses before it takes the turn, 0 or more
 */
public record Turn(Kind kind, Duration thinking, Duration rethinking, Duration working, int refusals) {

    /** What the turn comes to. */
    public enum Kind {
        /** The task's result. */
        ANSWER,
        /** A refusal for good: the task fails. */
        FAIL,
        /** A call that must not happen twice. */
        APPEND,
        /** A call that may happen twice, under the same key. */
        PUT;

        /** Whether the task ends with it. */
        boolean isLast() {
            return this == ANSWER || this == FAIL;
        }
    }

    public Turn {
        if (thinking.isNegative() || rethinking.isNegative() || working.isNegative() || refusals < 0) {
            throw new IllegalArgumentException("a turn's times and refusals are 0 or more");
        }
    }

    public static Turn answer(Duration thinking) {
        return new Turn(Kind.ANSWER, thinking, thinking, Duration.ZERO, 0);
    }

    public static Turn fail(Duration thinking) {
        return new Turn(Kind.FAIL, thinking, thinking, Duration.ZERO, 0);
    }

    public static Turn append(Duration thinking, Duration working) {
        return new Turn(Kind.APPEND, thinking, thinking, working, 0);
    }

    public static Turn put(Duration thinking, Duration working) {
        return new Turn(Kind.PUT, thinking, thinking, working, 0);
    }

    /** The same, after so many refusals. */
    public Turn afterRefusals(int times) {
        return new Turn(kind, thinking, rethinking, working, times);
    }

    /** The same, but quick where the turn is asked for again. */
    public Turn quickAgain() {
        return new Turn(kind, thinking, Duration.ZERO, working, refusals);
    }

    String text() {
        return "%s %d %d %d %d"
                .formatted(
                        kind.name().toLowerCase(Locale.ROOT),
                        thinking.toMillis(),
                        rethinking.toMillis(),
                        working.toMillis(),
                        refusals);
    }

    static Turn parse(String text) {
        String[] words = text.split(" ", 5);
        return new Turn(
                Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                Duration.ofMillis(Long.parseLong(words[1])),
                Duration.ofMillis(Long.parseLong(words[2])),
                Duration.ofMillis(Long.parseLong(words[3])),
                Integer.parseInt(words[4]));
    }
}
