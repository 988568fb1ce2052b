package org.mcpagentic.mcp;

import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Caller;

/** The caller is known and lacks a scope: answered with 403 and a challenge that names it. */
public final class InsufficientScope extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Scope needed;

    public InsufficientScope(Scope needed) {
        super("this needs the scope " + needed + ", which the caller does not have", null, false, false);
        this.needed = needed;
    }

    /** Goes on only where the caller holds a scope. */
    public static void refuseWithout(Scope scope, Caller caller) {
        if (!caller.rights().allow(scope)) {
            throw new InsufficientScope(scope);
        }
    }

    public Scope needed() {
        return needed;
    }
}
