package org.mcpagentic.stubmodel;

import org.mcpagentic.stubmodel.Refusal.Cause;

/** Ends the reading of a request that breaks a rule; the handler turns it into the provider's error. */
final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedRequest(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    static RefusedRequest badRequest(String message) {
        return new RefusedRequest(Refusal.of(Cause.BAD_REQUEST, message));
    }

    Refusal refusal() {
        return refusal;
    }
}
