package org.mcpagentic.access.credential;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.mcpagentic.access.Principal;

/** Tells who stands behind a bearer token that another system issued. */
@FunctionalInterface
public interface BearerTokens {

    /** @return nothing where the token is not one that is trusted here, whatever is wrong with it */
    Uni<Optional<Principal>> verify(String token);
}
