package org.mcpagentic.mcp.seal;

import java.util.Optional;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;

/** Callers of the tests. */
public final class Callers {

    private Callers() {}

    /** Of tenant {@code default}, with all rights. */
    public static Caller of(String owner) {
        return of("default", owner);
    }

    /** With all rights. */
    public static Caller of(String tenant, String owner) {
        return new Caller(
                new Principal(
                        new TenantId(tenant),
                        new OwnerId(owner),
                        Principal.Kind.KEY,
                        Rights.ALL,
                        Limits.NONE,
                        Optional.empty(),
                        Optional.empty()),
                new SessionId("session-of-tests"),
                "");
    }
}
