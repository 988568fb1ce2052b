package org.mcpagentic.dashboard.signin;

import java.util.Locale;

/** Why somebody was sent back from the provider and is not signed in. The page has words for each. */
final class SignInRefusal extends RuntimeException {

    /** A reason that may be told. */
    enum Reason {
        /** The person, or the provider for them, said no. */
        DENIED,
        /** It was begun in another browser, too long ago, or not at all. */
        EXPIRED,
        /** What the provider sent does not prove who it is. */
        UNPROVEN,
        /** The provider, or Redis, cannot be asked. */
        UNAVAILABLE,
        /** Who it is is known, and nothing is granted to them here. */
        NOTHING_GRANTED,
        /** Too many tries. */
        TOO_MANY;

        /** As it stands in the address of the page. */
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;

    SignInRefusal(Reason reason) {
        // why no stack trace: it is an answer, made on purpose
        super(reason.wireName(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
