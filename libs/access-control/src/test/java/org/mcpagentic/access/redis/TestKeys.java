package org.mcpagentic.access.redis;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.credential.IssuedKey;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;

/** Keys and tenants on a real Redis, with the steps that tests take written as words. */
final class TestKeys implements AutoCloseable {

    static final OwnerId ADMIN = new OwnerId("admin");
    static final AccessSecret SECRET = AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final List<Redis> clients = new ArrayList<>();
    final RedisStore store;
    final RedisBase base;
    final RedisTenants tenants;
    final RedisApiKeys keys;

    private TestKeys(RedisOptions options, int shards) {
        for (int i = 0; i < 3; i++) {
            clients.add(Redis.createClient(vertx, new RedisOptions(options)));
        }
        StoreConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(StoreConfig.class)
                .withDefaultValue("store.shards", Integer.toString(shards))
                .build()
                .getConfigMapping(StoreConfig.class);
        store = new RedisStore(
                new RedisConnections(clients.get(0), clients.get(1), clients.get(2)),
                config,
                (script, took) -> {},
                Clock.systemUTC());
        await(store.open());
        base = store.base();
        tenants = new RedisTenants(base);
        keys = new RedisApiKeys(base, tenants, SECRET);
    }

    static TestKeys on(String url) {
        return new TestKeys(new RedisOptions().setConnectionString(url), 1);
    }

    static TestKeys onCluster(List<String> urls) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        urls.forEach(options::addConnectionString);
        return new TestKeys(options, 2);
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    TenantId aTenant(String name) {
        return await(tenants.create(new TenantId(name))).tenant().id();
    }

    IssuedKey aKey(TenantId tenant) {
        return aKey(tenant, Optional.empty());
    }

    IssuedKey aKey(TenantId tenant, Optional<Instant> expiresAt) {
        NewApiKey wanted =
                new NewApiKey(tenant, "build server", Rights.parse("tasks:read ask"), Limits.NONE, expiresAt, ADMIN);
        return await(keys.create(wanted)).orElseThrow();
    }

    Optional<Principal> verify(Token token) {
        return await(keys.verify(token));
    }

    String stored(KeyId id, String field) {
        Response value = raw(Command.HGET, AccessKey.API_KEY.in(id.shard(), id.value()), field);
        return value == null ? "" : value.toString();
    }

    void store(KeyId id, String... fields) {
        List<String> words = new ArrayList<>(List.of(AccessKey.API_KEY.in(id.shard(), id.value())));
        words.addAll(Arrays.asList(fields));
        raw(Command.HSET, words.toArray(String[]::new));
    }

    /** Redis' own clock. */
    Instant now() {
        Response time = raw(Command.TIME);
        return Instant.ofEpochSecond(time.get(0).toLong(), time.get(1).toLong() * 1000);
    }

    /** Sends a command past the ports. */
    Response raw(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return await(clients.getFirst().send(request));
    }

    @Override
    public void close() {
        clients.forEach(Redis::close);
        vertx.closeAndAwait();
    }
}
