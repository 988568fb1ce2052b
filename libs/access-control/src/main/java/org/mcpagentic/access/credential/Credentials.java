package org.mcpagentic.access.credential;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.token.Token;

/** Tells who stands behind a token. */
@FunctionalInterface
public interface Credentials {

    /**
     * @return nothing where the token is unknown, wrong, expired or revoked: callers are not told which. Fails with
     *     {@link org.mcpagentic.store.StoreException} where Redis does not answer
     */
    Uni<Optional<Principal>> verify(Token token);

    /** As {@link #verify}, but not a use of the credential: what waits and asks nothing keeps none alive. */
    default Uni<Optional<Principal>> look(Token token) {
        return verify(token);
    }
}
