package org.mcpagentic.access.redis;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.AuditConfig;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.command.Main;
import org.mcpagentic.access.audit.seal.SealableTrail;
import org.mcpagentic.access.audit.seal.Sealer;
import org.mcpagentic.access.audit.seal.SealingObserver;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.TrailKey;
import org.mcpagentic.access.audit.verify.Anchor;
import org.mcpagentic.access.audit.verify.TrailVerifier;
import org.mcpagentic.access.audit.verify.Verification;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;

/** A store on a real Redis with all that writes its audit trail, driven without Quarkus. */
final class AuditedStore implements AutoCloseable, SealingObserver {

    static final TenantId TENANT = new TenantId("acme");
    static final OwnerId OWNER = new OwnerId("k-1");
    static final String SECRET =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final LocalRedis redis = LocalRedis.start();
    final AtomicInteger sealed = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicLong waitingMillis = new AtomicLong();
    final RedisStore store;
    final RedisBase base;
    final RedisAuditLog log;
    private final Vertx vertx = Vertx.vertx();
    private final Redis client;

    AuditedStore() {
        RedisOptions options =
                new RedisOptions().setConnectionString(redis.url()).setMaxWaitingHandlers(65_536);
        client = Redis.createClient(vertx, options);
        store = new RedisStore(
                new RedisConnections(client, client, client),
                mapping(StoreConfig.class, Map.of()),
                (script, took) -> {},
                Clock.systemUTC());
        await(store.open());
        store.listen();
        base = store.base();
        log = new RedisAuditLog(base);
    }

    static AuditConfig config(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("access.audit." + name, value));
        return mapping(AuditConfig.class, prefixed);
    }

    private static <T> T mapping(Class<T> type, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(type)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(type);
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    static TrailKey key() {
        return new TrailKey(AccessSecret.of(SECRET), 0);
    }

    SealableTrail trail() {
        return new RedisSealableTrail(base, 0);
    }

    Sealer sealer() {
        return sealer(trail(), config(Map.of()));
    }

    Sealer sealer(SealableTrail trail, AuditConfig config) {
        return new Sealer(trail, key(), UUID.randomUUID().toString(), config, this);
    }

    void append(int entries) {
        for (int i = 0; i < entries; i++) {
            append("target-" + i);
        }
    }

    void append(String target) {
        await(log.append(new AuditEvent(TENANT, OWNER.value(), "key.create", target, "")));
    }

    /** Looks until there is nothing left. */
    void seal(Sealer sealer) {
        Duration next;
        do {
            next = await(sealer.look());
        } while (next.isZero());
    }

    NewTask newTask(boolean enqueue, Optional<TaskId> retryOf) {
        TaskSpec spec = new TaskSpec(
                TENANT,
                OWNER,
                new SessionId("session-1"),
                Priority.NORMAL,
                "do it",
                List.of(),
                Optional.empty(),
                Map.of(),
                retryOf,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new NewTask(spec, "test", enqueue, Optional.empty(), List.of());
    }

    Verification verify(Anchor... anchors) {
        try (OpenedTrails trails = OpenedTrails.at(redis.url())) {
            return new TrailVerifier(key(), List.of(anchors)).verify(trails.trail(0));
        }
    }

    /** Runs a command as the Makefile does. */
    Ran command(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                words,
                Map.of("REDIS_URL", redis.url(), "ACCESS_SECRET", SECRET),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(status, out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8));
    }

    record Ran(int status, String said) {}

    List<Entry> entries(AuditKey key) {
        return stream(key.in(0, ""));
    }

    List<Entry> unsealed() {
        return stream(AuditKey.AUDIT_STATE.in(0, "").replace("auditstate", "audit"));
    }

    String unsealedKey() {
        return AuditKey.AUDIT_STATE.in(0, "").replace("auditstate", "audit");
    }

    String shardKey() {
        return AuditKey.AUDIT_STATE.in(0, "").replace("auditstate", "shard");
    }

    private List<Entry> stream(String key) {
        return AuditReplies.entries(raw(Command.XRANGE, key, "-", "+"));
    }

    /** Writes a stream anew, past all scripts. */
    void rewrite(AuditKey key, List<Entry> entries) {
        raw(Command.DEL, key.in(0, ""));
        for (Entry entry : entries) {
            List<String> words =
                    new ArrayList<>(List.of(key.in(0, ""), entry.position().id()));
            words.addAll(entry.fields());
            raw(Command.XADD, words.toArray(String[]::new));
        }
    }

    Response raw(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return await(client.send(request));
    }

    @Override
    public void sealed(int entries) {
        sealed.addAndGet(entries);
    }

    @Override
    public void waiting(int shard, Duration oldest) {
        waitingMillis.set(oldest.toMillis());
    }

    @Override
    public void failed() {
        failures.incrementAndGet();
    }

    @Override
    public void close() {
        store.close();
        vertx.closeAndAwait();
        redis.close();
    }
}
