package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.access.redis.AuditedStore.await;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.command.Main;
import org.mcpagentic.access.audit.seal.Sealer;
import org.mcpagentic.access.audit.seal.Sealers;
import org.mcpagentic.access.audit.seal.SealingObserver;
import org.mcpagentic.access.audit.trail.TrailKey;
import org.mcpagentic.localredis.LocalRedisCluster;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;

/** Two trails on the two nodes of a cluster. */
@Timeout(120)
class ClusterTrailTest {

    private static final TenantId[] TENANTS =
            IntStream.range(0, 8).mapToObj(i -> new TenantId("tenant-" + i)).toArray(TenantId[]::new);

    @Test
    void eachShardHasItsOwnTrailAndTheCommandVerifiesBoth() {
        try (LocalRedisCluster cluster = LocalRedisCluster.start(2)) {
            Vertx vertx = Vertx.vertx();
            RedisOptions options =
                    new RedisOptions().setType(RedisClientType.CLUSTER).setMaxWaitingHandlers(65_536);
            cluster.urls().forEach(options::addConnectionString);
            Redis client = Redis.createClient(vertx, options);
            RedisStore store = new RedisStore(
                    new RedisConnections(client, client, client),
                    new SmallRyeConfigBuilder()
                            .addDiscoveredConverters()
                            .withMapping(StoreConfig.class)
                            .withDefaultValue("store.shards", "2")
                            .build()
                            .getConfigMapping(StoreConfig.class),
                    (script, took) -> {},
                    Clock.systemUTC());
            await(store.open());
            store.listen();
            RedisBase base = store.base();
            RedisAuditLog log = new RedisAuditLog(base);
            for (int i = 0; i < 400; i++) {
                await(log.append(new AuditEvent(TENANTS[i % TENANTS.length], "k-1", "key.create", "number-" + i, "")));
            }

            await(sealers(base, store).stop());

            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int status = Main.run(
                    new String[] {"verify"},
                    Map.of("REDIS_URL", String.join(",", cluster.urls()), "ACCESS_SECRET", AuditedStore.SECRET),
                    out,
                    System.err);
            String said = out.toString(StandardCharsets.UTF_8);
            assertThat(status).as(said).isZero();
            assertThat(said)
                    .contains("shard 0: ", "shard 1: ")
                    .doesNotContain("shard 0: 0 entries", "shard 1: 0 entries", "not sealed yet");
            store.close();
            vertx.closeAndAwait();
        }
    }

    private static Sealers sealers(RedisBase base, RedisStore store) {
        List<Sealer> each = IntStream.range(0, 2)
                .mapToObj(shard -> new Sealer(
                        new RedisSealableTrail(base, shard),
                        new TrailKey(AccessSecret.of(AuditedStore.SECRET), shard),
                        "holder",
                        AuditedStore.config(Map.of()),
                        new Unobserved()))
                .toList();
        return new Sealers(each, store.statistics().changes());
    }

    private static final class Unobserved implements SealingObserver {

        @Override
        public void sealed(int entries) {
            assertThat(entries).isPositive();
        }

        @Override
        public void waiting(int shard, Duration oldest) {
            assertThat(oldest).isGreaterThanOrEqualTo(Duration.ZERO);
        }

        @Override
        public void failed() {
            throw new AssertionError("the trail could not be sealed");
        }
    }
}
