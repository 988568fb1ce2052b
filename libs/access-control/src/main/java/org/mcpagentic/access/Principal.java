package org.mcpagentic.access;

import java.time.Instant;
import java.util.Optional;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;

/**
 * Who stands behind a credential.
 *
 * @param owner what is made belongs to: the key's id, or the person; of a session, whoever signed in
 * @param kind what kind of credential it was
 * @param rights what it may do now
 * @param limits shared by all credentials of the owner
 * @param session the sitting, where the credential is one
 * @param expires when the credential ends by itself
 */
public record Principal(
        TenantId tenant,
        OwnerId owner,
        Kind kind,
        Rights rights,
        Limits limits,
        Optional<SessionId> session,
        Optional<Instant> expires) {

    /** A kind of credential. */
    public enum Kind {
        /** An API key. */
        KEY,
        /** A browser's session at the dashboard. */
        SESSION,
        /** A bearer token of an OpenID provider. */
        TOKEN,
        /** None: access control is off, and whoever reaches the loopback interface is known as this. */
        LOCAL
    }
}
