package org.mcpagentic.access.credential;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.TenantId;

/**
 * The API keys there are. Everything fails with {@link org.mcpagentic.store.StoreException} where Redis does not answer. Who may
 * do what to which key is not decided here.
 */
public interface ApiKeys {

    /** Longest time that the secret before a rotation stays valid. */
    Duration MOST_GRACE = Duration.ofDays(7);

    /** Makes a key; nothing where there is no such tenant. Fails with {@code STORE_FULL} too. */
    Uni<Optional<IssuedKey>> create(NewApiKey key);

    /**
     * Makes a key of tenant {@code default} with all rights and the given token, unless its id is taken: then that key stays as it
     * is, also where it is revoked.
     *
     * @return the key where it was made now
     * @throws IllegalArgumentException if the token is no key's, or its shard is not that of tenant {@code default}
     */
    Uni<Optional<ApiKey>> ensure(Token token);

    Uni<Optional<ApiKey>> find(KeyId id);

    /**
     * A tenant's keys, newest first, with those that have ended.
     *
     * @param below where the page before said that the next begins
     * @param limit 1 to 200
     */
    Uni<KeyPage> list(TenantId tenant, OptionalLong below, int limit);

    /** Changes a key; nothing where there is none, or it is revoked. */
    Uni<Optional<ApiKey>> change(KeyId id, KeyChange change);

    /**
     * Gives a key another secret; nothing where there is none, or it is revoked. Of older secrets only the last stays valid.
     *
     * @param grace how long it does, 0 to 7 days
     */
    Uni<Optional<IssuedKey>> rotate(KeyId id, Duration grace);

    /** Ends a key for good; nothing where there is none. A revoked one stays as it is. */
    Uni<Optional<ApiKey>> revoke(KeyId id);
}
