package org.mcpagentic.access.redis;

import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.SealedEntry;
import org.mcpagentic.access.audit.verify.Trail;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.redis.SentinelCredentials;
import org.mcpagentic.store.redis.SentinelRedis;

/**
 * The trails of one Redis for a command: read in pages, by the thread that asks, which waits. Why not the store's own connections: they
 * come with a service.
 */
public final class OpenedTrails implements AutoCloseable {

    /** Entries at a time. */
    private static final int PAGE = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REASON = 200;

    /** The store's hash that says how many shards it has. */
    private static final String META = "mcp:meta";

    private final Vertx vertx;
    private final Redis redis;

    private OpenedTrails(Vertx vertx, Redis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    /**
     * Opens them.
     *
     * @param urls {@code redis://[user:password@]host:port} or {@code rediss://...}; with commas between several nodes of a cluster
     */
    public static OpenedTrails at(String urls) {
        return at(urls, Map.of());
    }

    /**
     * Opens them.
     *
     * @param urls as above, or of Sentinels
     * @param environment whose {@code QUARKUS_REDIS_CLIENT_TYPE}, {@code REDIS_MASTER_NAME} and {@code REDIS_SENTINEL_CREDENTIALS} say that, as
     *     they do to the services
     * @throws IllegalArgumentException where the credentials are malformed
     */
    public static OpenedTrails at(String urls, Map<String, String> environment) {
        Vertx vertx = Vertx.vertx();
        List<String> nodes =
                Arrays.stream(urls.split(",", -1)).map(String::strip).toList();
        RedisOptions options = new RedisOptions().setMaxWaitingHandlers(1024);
        nodes.forEach(options::addConnectionString);
        if (environment.getOrDefault("QUARKUS_REDIS_CLIENT_TYPE", "").equalsIgnoreCase("sentinel")) {
            options.setType(RedisClientType.SENTINEL)
                    .setMasterName(environment.getOrDefault("REDIS_MASTER_NAME", "mymaster"));
            SentinelCredentials credentials =
                    SentinelCredentials.of(environment.getOrDefault("REDIS_SENTINEL_CREDENTIALS", "same"));
            return new OpenedTrails(vertx, new SentinelRedis(vertx, options, credentials));
        }
        if (nodes.size() > 1) {
            options.setType(RedisClientType.CLUSTER);
        }
        return new OpenedTrails(vertx, Redis.createClient(vertx, options));
    }

    /** How many shards the store has; nothing where there is none. */
    public Optional<Integer> shards() {
        return send(Command.HGET, META, "shards").map(count -> count.toInteger());
    }

    public Trail trail(int shard) {
        return new RedisTrail(shard);
    }

    @Override
    public void close() {
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Sends one command; empty where Redis has nothing. */
    private Optional<Response> send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        try {
            return Optional.ofNullable(redis.send(request)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .map(Response::newInstance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        } catch (TimeoutException e) {
            throw unavailable("no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            String reason = String.valueOf(e.getCause());
            throw unavailable(reason.substring(0, Math.min(reason.length(), MOST_REASON)), e);
        }
    }

    private static StoreException unavailable(String why, Exception cause) {
        return new StoreException(Code.STORE_UNAVAILABLE, why, Optional.empty(), cause);
    }

    /** One shard's. */
    private final class RedisTrail implements Trail {

        private final int shard;

        RedisTrail(int shard) {
            this.shard = shard;
        }

        @Override
        public Head head() {
            String script = AuditScript.AUDIT_HEAD.source();
            return send(Command.EVAL, script, "1", base())
                    .map(RedisTrail::head)
                    .orElseThrow(() -> new StoreException(Code.STORE_UNAVAILABLE, "Redis ran no script"));
        }

        /** Every key of the shard begins with it. */
        private String base() {
            String key = AuditKey.AUDIT_STATE.in(shard, "");
            return key.substring(0, key.length() - AuditKey.AUDIT_STATE.suffix().length());
        }

        private static Head head(Response reply) {
            String base = reply.get(2).toString();
            return new Head(
                    position(reply, 0).orElse(Position.START),
                    reply.get(1).toString(),
                    base.isEmpty()
                            ? Optional.empty()
                            : Checkpoint.parse(base).or(() -> Optional.of(new Checkpoint(Position.START, "", "", ""))),
                    position(reply, 3).orElse(Position.START).number(),
                    reply.get(4).toLong(),
                    position(reply, 5),
                    position(reply, 6),
                    position(reply, 7).orElse(Position.START));
        }

        private static Optional<Position> position(Response reply, int index) {
            return Position.parse(reply.get(index).toString());
        }

        @Override
        public Iterator<SealedEntry> entries() {
            return new Pages<>(
                    AuditKey.AUDIT_SEALED.in(shard, ""),
                    entry -> AuditReplies.sealed(entry).orElseGet(() -> new SealedEntry(entry, "")));
        }

        @Override
        public Iterator<Checkpoint> checkpoints() {
            return new Pages<>(AuditKey.AUDIT_CHECKPOINTS.in(shard, ""), AuditReplies::checkpoint);
        }
    }

    /** A stream from its first entry to its last, a page at a time. */
    private final class Pages<T> implements Iterator<T> {

        private final String stream;
        private final Function<Entry, T> form;
        private final Deque<Entry> page = new ArrayDeque<>();
        private String from = "-";
        private boolean more = true;

        Pages(String stream, Function<Entry, T> form) {
            this.stream = stream;
            this.form = form;
        }

        @Override
        public boolean hasNext() {
            if (page.isEmpty() && more) {
                List<Entry> read = send(Command.XRANGE, stream, from, "+", "COUNT", Integer.toString(PAGE))
                        .map(AuditReplies::entries)
                        .orElse(List.of());
                more = read.size() == PAGE;
                page.addAll(read);
                if (more) {
                    from = "(" + read.getLast().position().id();
                }
            }
            return !page.isEmpty();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return form.apply(page.removeFirst());
        }
    }
}
