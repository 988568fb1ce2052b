package org.mcpagentic.access.session;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;

/** Links that sign in once. All operations fail with {@link org.mcpagentic.store.StoreException} where Redis does not answer. */
public interface SignInLinks {

    /** How long a link may be used where nobody says otherwise. */
    Duration LIFE = Duration.ofHours(1);

    /**
     * Makes a link's token good for one sign-in. The same token again changes nothing: neither does it last longer, nor is it good once
     * more after it was used or its time was over.
     *
     * @param link of the kind {@code LINK}, in the shard of the key
     * @param key the API key that it signs in as; it has to be there when the link is used
     * @param life counted from the first time, more than zero
     * @throws IllegalArgumentException if the token is of another kind, or of a shard that there is not
     */
    Uni<Void> register(Token link, OwnerId key, Duration life);

    /**
     * Signs in by a link, in the one step that uses it up: where two try, one of them is let in.
     *
     * @param before what the same browser was signed in by until now: it is closed
     * @return nothing where the link is unknown, wrong, used or too old, or its key is not good any more
     */
    Uni<Optional<OpenedSession>> redeem(Token link, String userAgent, Optional<Token> before);
}
