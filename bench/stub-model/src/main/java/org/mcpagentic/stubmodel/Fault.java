package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

/** What goes wrong while an answer is sent. An answer in one piece is half sent before it goes wrong. */
public sealed interface Fault {
    /** How many chunks go well. */
    int after();

    /** Nothing more is sent, and the connection stays open. */
    record Stall(int after) implements Fault {
        public Stall {
            notNegative(after);
        }
    }

    /** The connection closes without the body's end. */
    record Cut(int after) implements Fault {
        public Cut {
            notNegative(after);
        }
    }

    /** An event comes that is no JSON, then the rest. */
    record MalformedChunk(int after) implements Fault {
        public MalformedChunk {
            notNegative(after);
        }
    }

    /** An event comes that has no line's end before this many bytes; then the connection stays open. */
    record EndlessLine(int after, int bytes) implements Fault {
        public EndlessLine {
            notNegative(after);
            if (bytes < 1) {
                throw new IllegalArgumentException("an endless line has 1 byte or more, not " + bytes);
            }
        }
    }

    /**
     * An error comes, and the body ends there.
     *
     * @param bare whether it comes as lines of JSON that are no event, as Google's own clients expect it; on OpenAI's
     *     wire it is an event always
     */
    record Failure(int after, Refusal refusal, boolean bare) implements Fault {
        public Failure {
            notNegative(after);
            requireNonNull(refusal, "refusal");
        }
    }

    private static void notNegative(int after) {
        if (after < 0) {
            throw new IllegalArgumentException("a fault comes after 0 chunks or more, not " + after);
        }
    }
}
