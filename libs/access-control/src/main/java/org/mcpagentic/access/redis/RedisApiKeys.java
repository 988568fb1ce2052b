package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.Credentials;
import org.mcpagentic.access.credential.IssuedKey;
import org.mcpagentic.access.credential.KeyChange;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.credential.KeyPage;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.access.tenant.Tenants;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.Replies;

/** API keys in Redis, each in its tenant's shard; what Redis has of a secret is an HMAC with a key that it does not have. */
final class RedisApiKeys implements ApiKeys, Credentials {

    private static final OwnerId CONFIGURATION = new OwnerId("configuration");
    private static final String FIRST = "first key";

    private final RedisBase base;
    private final Tenants tenants;
    private final AccessSecret.Key hashing;

    RedisApiKeys(RedisBase base, Tenants tenants, AccessSecret secret) {
        this.base = base;
        this.tenants = tenants;
        this.hashing = secret.key("api-key");
    }

    @Override
    public Uni<Optional<IssuedKey>> create(NewApiKey wanted) {
        return tenants.find(wanted.tenant()).chain(tenant -> {
            if (tenant.isEmpty()) {
                return Uni.createFrom().item(Optional.empty());
            }
            Token token = Token.random(Token.Kind.KEY, base.shards().of(wanted.tenant()));
            return make(wanted, token).map(made -> {
                if (!made.stored().hash().equals(hash(token))) {
                    throw new IllegalStateException("two ids of 80 random bits are the same");
                }
                return Optional.of(new IssuedKey(made.stored().key(), token));
            });
        });
    }

    @Override
    public Uni<Optional<ApiKey>> ensure(Token token) {
        int shard = base.shards().of(TenantId.DEFAULT);
        if (token.kind() != Token.Kind.KEY || token.shard() != shard) {
            throw new IllegalArgumentException("the token is not that of an API key in shard " + shard
                    + ", where tenant " + TenantId.DEFAULT + " lives");
        }
        NewApiKey first =
                new NewApiKey(TenantId.DEFAULT, FIRST, Rights.ALL, Limits.NONE, Optional.empty(), CONFIGURATION);
        return make(first, token)
                .map(made -> made.fresh() ? Optional.of(made.stored().key()) : Optional.empty());
    }

    private Uni<Made> make(NewApiKey wanted, Token token) {
        KeyId id = KeyId.of(token);
        Arguments arguments = Arguments.of(
                        id.value(),
                        wanted.tenant().value(),
                        wanted.name(),
                        wanted.rights().toString(),
                        StoredKey.json(wanted.limits()),
                        wanted.createdBy().value())
                .and(wanted.expiresAt().map(RedisApiKeys::micros).orElse(0L))
                .and(hash(token));
        return base.scripts()
                .run(id.shard(), AccessScript.KEY_CREATE, arguments.list())
                .map(reply -> {
                    if (!reply.get(0).toString().equals("known")) {
                        throw Replies.refusal(reply);
                    }
                    return new Made(
                            new StoredKey(id, Replies.map(reply.get(1))),
                            reply.get(2).toInteger() == 1);
                });
    }

    @Override
    public Uni<Optional<ApiKey>> find(KeyId id) {
        return ofOne(id, AccessScript.KEY_READ, Arguments.of(id.value()));
    }

    @Override
    public Uni<KeyPage> list(TenantId tenant, OptionalLong below, int limit) {
        Arguments arguments =
                Arguments.of(tenant.value(), Pages.position(below)).and(Pages.checked(limit));
        return base.scripts()
                .run(base.shards().of(tenant), AccessScript.KEY_LIST, arguments.list())
                .map(reply -> {
                    List<ApiKey> keys = new ArrayList<>(reply.size());
                    for (int i = 1; i < reply.size(); i++) {
                        Response row = reply.get(i);
                        keys.add(new StoredKey(new KeyId(row.get(0).toString()), Replies.map(row.get(1))).key());
                    }
                    return new KeyPage(keys, Pages.next(reply.get(0)));
                });
    }

    @Override
    public Uni<Optional<ApiKey>> change(KeyId id, KeyChange change) {
        Arguments arguments = Arguments.of(id.value());
        change.name().ifPresent(name -> arguments.and("name").and(name));
        change.rights().ifPresent(rights -> arguments.and("scopes").and(rights.toString()));
        change.limits().ifPresent(limits -> arguments.and("limits").and(StoredKey.json(limits)));
        change.expiry().ifPresent(expiry -> arguments.and("expires").and(micros(expiry)));
        return ofOne(id, AccessScript.KEY_CHANGE, arguments);
    }

    @Override
    public Uni<Optional<IssuedKey>> rotate(KeyId id, Duration grace) {
        if (grace.isNegative() || grace.compareTo(MOST_GRACE) > 0) {
            throw new IllegalArgumentException("a grace is 0 to " + MOST_GRACE.toDays() + " days");
        }
        Token token = id.newToken();
        Arguments arguments = Arguments.of(id.value(), hash(token)).and(Replies.micros(grace));
        return ofOne(id, AccessScript.KEY_ROTATE, arguments).map(known -> known.map(key -> new IssuedKey(key, token)));
    }

    @Override
    public Uni<Optional<ApiKey>> revoke(KeyId id) {
        return ofOne(id, AccessScript.KEY_REVOKE, Arguments.of(id.value()));
    }

    private Uni<Optional<ApiKey>> ofOne(KeyId id, AccessScript script, Arguments arguments) {
        if (id.shard() >= base.shards().count()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return base.scripts()
                .run(id.shard(), script, arguments.list())
                .map(fields -> fields.size() == 0
                        ? Optional.empty()
                        : Optional.of(new StoredKey(id, Replies.map(fields)).key()));
    }

    @Override
    public Uni<Optional<Principal>> verify(Token token) {
        if (token.kind() != Token.Kind.KEY || token.shard() >= base.shards().count()) {
            return Uni.createFrom().item(Optional.empty());
        }
        KeyId id = KeyId.of(token);
        String shown = hash(token);
        return base.scripts()
                .run(id.shard(), AccessScript.KEY_VERIFY, List.of(id.value(), shown))
                .map(reply -> reply.size() == 0
                        ? Optional.empty()
                        : principal(
                                new StoredKey(id, Replies.map(reply.get(1))),
                                shown,
                                Replies.instant(reply.get(0).toString())));
    }

    private static Optional<Principal> principal(StoredKey known, String shown, Instant now) {
        boolean current = same(shown, known.hash());
        boolean previous =
                known.previousHash(now).map(hash -> same(shown, hash)).orElse(false);
        if (!known.isValid(now) || !(current || previous)) {
            return Optional.empty();
        }
        return Optional.of(new Principal(
                known.tenant(),
                known.id().owner(),
                Principal.Kind.KEY,
                known.rights(),
                known.limits(),
                Optional.empty(),
                current ? known.expires() : earlier(known.expires(), known.previousUntil())));
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? one.filter(other.get()::isAfter).or(() -> other)
                : one.or(() -> other);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private String hash(Token token) {
        return HexFormat.of().formatHex(hashing.sign(KeyId.of(token) + " " + token.secret()));
    }

    private static long micros(KeyChange.Expiry expiry) {
        return switch (expiry) {
            case KeyChange.Expiry.Never never -> 0;
            case KeyChange.Expiry.At(Instant time) -> micros(time);
        };
    }

    /** @param fresh whether it was not there before */
    private record Made(StoredKey stored, boolean fresh) {}

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
