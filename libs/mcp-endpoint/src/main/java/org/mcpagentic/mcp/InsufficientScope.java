package org.mcpagentic.mcp;

import org.mcpagentic.access.Scope;

/** The caller is known and lacks a scope: answered with 403 and a challenge that names it. */
public final class InsufficientScope extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Scope needed;

    public InsufficientScope(Scope needed) {
        super("this needs the scope " + needed + ", which the caller does not have", null, false, false);
        this.needed = needed;
    }

    public Scope needed() {
        return needed;
    }
}
