package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.mcpagentic.store.ApprovalStore;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.QuestionLedger;
import org.mcpagentic.store.StatisticsReader;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.WorkQueue;

/** The store on one Redis: all its ports over the same connections. */
public final class RedisStore {

    private static final String SCHEMA = "1";

    private final Scripts commands;
    private final Scripts leases;
    private final Shards shards;
    private final EventHub hub;
    private final StoreConfig config;
    private final Envelope envelope;
    private final TaskCodec codec;
    private final ApprovalCodec approvals;
    private volatile Instant birth;

    /** @throws IllegalArgumentException where the keys of the encryption are none */
    public RedisStore(RedisConnections connections, StoreConfig config, LatencyObserver observer, Clock clock) {
        this.shards = new Shards(config.shards());
        this.commands = new Scripts(connections.commands(), shards, observer);
        this.leases = new Scripts(connections.leases(), shards, observer);
        this.hub = new EventHub(connections.events(), shards);
        this.config = config;
        this.envelope = Envelope.of(config.encryption().keys().orElse(List.of()));
        this.codec = new TaskCodec(envelope);
        this.approvals = new ApprovalCodec(envelope);
        this.birth = clock.instant();
    }

    /**
     * Writes down, in a store that is new, how many shards it has and in which form it is kept; compares where it is not.
     *
     * @return completes once the store may be used; fails with {@code IllegalStateException} where it does not fit, with
     *     {@code StoreException} where Redis does not answer
     */
    public Uni<Void> open() {
        String now = Long.toString(Replies.micros(Duration.between(Instant.EPOCH, birth)));
        return commands.command(Command.HSETNX, Key.META, "schema", SCHEMA)
                .chain(() -> commands.command(Command.HSETNX, Key.META, "shards", Integer.toString(shards.count())))
                .chain(() -> commands.command(Command.HSETNX, Key.META, "birth", now))
                .chain(() -> commands.command(Command.HGETALL, Key.META))
                .invoke(this::compare)
                .chain(this::noteKeys)
                .chain(() -> commands.command(Command.HGETALL, Key.META))
                .invoke(reply -> envelope.compare(Replies.hash(reply)))
                .replaceWithVoid();
    }

    /** Begins to listen for events. */
    public void listen() {
        hub.start();
    }

    public void close() {
        hub.close();
    }

    /** Whether Redis answers. */
    public Uni<Boolean> answers() {
        return commands.command(Command.PING).replaceWith(true).onFailure().recoverWithItem(false);
    }

    /** For the stores of other modules. */
    public RedisBase base() {
        return new RedisBase(commands, shards);
    }

    public TaskStore tasks() {
        return new RedisTaskStore(commands, shards, hub, config, codec, approvals);
    }

    public ApprovalStore approvals() {
        return new RedisApprovalStore(commands, shards, config, approvals, tasks());
    }

    public WorkQueue queue() {
        return new RedisWorkQueue(commands, leases, shards, hub, config, codec, approvals);
    }

    public TaskRetention retention() {
        return new RedisTaskRetention(commands, shards, config);
    }

    public QuestionLedger questions() {
        return new RedisQuestionLedger(commands, shards, config, envelope);
    }

    public StatisticsReader statistics() {
        return new RedisStatistics(commands, shards, hub, () -> birth);
    }

    public MemoryStore memory() {
        return new RedisMemoryStore(commands, shards, config, envelope);
    }

    /** Leaves a check of each key, so that no replica ever seals with another key under the same id. */
    private Uni<Void> noteKeys() {
        return Multi.createFrom()
                .iterable(envelope.checks().entrySet())
                .onItem()
                .transformToUniAndConcatenate(
                        check -> commands.command(Command.HSETNX, Key.META, check.getKey(), check.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private void compare(Response reply) {
        Map<String, String> meta = Replies.hash(reply);
        String schema = meta.getOrDefault("schema", "");
        String count = meta.getOrDefault("shards", "");
        if (!schema.equals(SCHEMA)) {
            throw new IllegalStateException("the store in Redis has schema " + schema + ", this version needs " + SCHEMA
                    + "; run the version that wrote it, or use an empty Redis");
        }
        if (!count.equals(Integer.toString(shards.count()))) {
            throw new IllegalStateException("the store in Redis has " + count + " shards, the configuration says "
                    + shards.count() + "; set store.shards=" + count);
        }
        birth = Replies.instant(meta.getOrDefault("birth", "0"));
    }
}
