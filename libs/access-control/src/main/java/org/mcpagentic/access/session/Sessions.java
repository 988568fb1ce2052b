package org.mcpagentic.access.session;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.credential.Credentials;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;

/**
 * The sessions of browsers. One ends when it is closed, when it was not used for the idle time, when its longest time is over, and
 * with the credential that it was opened by. All operations fail with {@link org.mcpagentic.store.StoreException} where Redis does
 * not answer.
 */
public interface Sessions extends Credentials {

    /** How many sessions an owner may have; one more ends the one that was unused for longest. */
    int MOST = 32;

    /**
     * Opens a session for whoever proved to be somebody; always under a new token. The session of a key may at any time what the
     * key may at that time; the session of an OpenID provider's token keeps the rights and limits that the token stood for, and ends
     * no later than the principal does.
     *
     * @param principal of the kind {@code KEY} or {@code TOKEN}; of a key, the owner is the key's id
     * @param before what the same browser was signed in by until now: it is closed
     * @return nothing where the key is revoked, at its end, or gone
     */
    Uni<Optional<OpenedSession>> open(Principal principal, String userAgent, Optional<Token> before);

    /**
     * Who stands behind a session's token, which counts as a use of the session.
     *
     * @return a principal of the kind {@code SESSION} that expires when the session does unless it is used; nothing where the token is
     *     of another kind
     */
    @Override
    Uni<Optional<Principal>> verify(Token token);

    /** As {@link #verify}, but not a use of the session: what waits and asks nothing keeps none alive. */
    @Override
    Uni<Optional<Principal>> look(Token token);

    /**
     * Ends a session.
     *
     * @return whether there was one
     */
    Uni<Boolean> close(Token token);

    /**
     * Ends all sessions of an owner.
     *
     * @return how many there were
     */
    Uni<Integer> closeAll(TenantId tenant, OwnerId owner);

    /** Where an owner is signed in, the latest used first. */
    Uni<List<SignedIn>> list(TenantId tenant, OwnerId owner);

    /**
     * What the statistics know a session by; it grants nothing.
     *
     * @param id the public id of the session's token
     */
    static SessionId idOf(String id) {
        return new SessionId("s-" + id);
    }
}
