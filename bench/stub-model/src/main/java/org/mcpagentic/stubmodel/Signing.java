package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

/** Which thought signature goes with an answer on Gemini's wire. */
public sealed interface Signing {
    /** The stub's own, on the first of several calls, and at the end of a text that was thought about. */
    record Own() implements Signing {}

    /** This one, in the same places and at the end of any text. */
    record Given(String signature) implements Signing {
        public Given {
            requireNonNull(signature, "signature");
        }
    }

    /** None. */
    record None() implements Signing {}
}
