package org.mcpagentic.store.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The master that Redis Sentinels name, as it is at each connecting. All of them are asked at a time, and the one that knows the newest
 * configuration is believed; what is connected to has to say itself that it is a master. A connection stays with the master that it was made to:
 * whoever holds one that breaks, or is told {@code READONLY}, connects again.
 *
 * <p>Why not Vert.x' own client of this type: it asks one Sentinel after the other and waits for each without end, so that one that is frozen or was
 * lost with its machine, perhaps together with the master, keeps every connection from coming into being.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines for Redis clients with support for Redis Sentinel</a>
 */
public final class SentinelRedis implements Redis {

    /** What a Sentinel may take to answer, and a server to accept a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** For how long others are waited for once one has answered. */
    private static final Duration GRACE = Duration.ofMillis(200);

    /** For how long an answer is good: a flood of requests during an outage asks ten times in a second and no more. */
    private static final Duration FRESH = Duration.ofMillis(100);

    private final Vertx vertx;
    private final RedisOptions options;
    private final SentinelCredentials credentials;
    private @Nullable Future<Master> asked;
    private long askedAt;
    private @Nullable Server server;

    /** @param epoch how new the configuration is in which it is the master */
    private record Master(String host, int port, long epoch) {}

    private record Server(Master master, Redis client) {}

    /**
     * Connects to nobody yet.
     *
     * @param options of type {@code SENTINEL}: the URLs of the Sentinels, and the name of the master; user, password, database and TLS in
     *     the first of the URLs are those of Redis
     */
    public SentinelRedis(Vertx vertx, RedisOptions options, SentinelCredentials credentials) {
        if (options.getType() != RedisClientType.SENTINEL || options.getMasterName() == null) {
            throw new IllegalArgumentException("Sentinels and the name of a master are needed");
        }
        this.vertx = vertx;
        this.options = new RedisOptions(options);
        this.options.getNetClientOptions().setConnectTimeout((int) PATIENCE.toMillis());
        this.credentials = credentials;
    }

    /** A new connection to the master; fails where no Sentinel knows one, or where it is none. */
    @Override
    public Future<RedisConnection> connect() {
        return master().compose(found -> client(found).connect()).compose(SentinelRedis::checked);
    }

    @Override
    public Future<@Nullable Response> send(Request request) {
        return connect().compose(connection -> connection.send(request).onComplete(done -> connection.close()));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> requests) {
        return connect().compose(connection -> connection.batch(requests).onComplete(done -> connection.close()));
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.client().close();
            server = null;
        }
    }

    private static Future<RedisConnection> checked(RedisConnection connection) {
        return connection
                .send(Request.cmd(Command.INFO).arg("replication"))
                .compose(facts -> facts != null && facts.toString().contains("role:master")
                        ? Future.succeededFuture(connection)
                        : Future.<RedisConnection>failedFuture("what the Sentinels name is no master"))
                .onFailure(failure -> connection.close());
    }

    private synchronized Redis client(Master master) {
        Server known = server;
        if (known != null
                && known.master().host().equals(master.host())
                && known.master().port() == master.port()) {
            return known.client();
        }
        if (known != null) {
            // why: what still waits for an answer of the old one waits in vain
            known.client().close();
        }
        URI url = first();
        RedisOptions ofMaster = single(url.getScheme() + "://"
                + (url.getRawUserInfo() == null ? "" : url.getRawUserInfo() + "@")
                + (master.host().contains(":") ? "[" + master.host() + "]" : master.host()) + ":" + master.port()
                + Objects.requireNonNullElse(url.getRawPath(), "")
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
        Redis client = Redis.createClient(vertx, ofMaster);
        server = new Server(master, client);
        return client;
    }

    private URI first() {
        return URI.create(options.getEndpoints().getFirst());
    }

    private RedisOptions single(String url) {
        return new RedisOptions(options)
                .setType(RedisClientType.STANDALONE)
                .setEndpoints(new ArrayList<>(List.of(url)));
    }

    private synchronized Future<Master> master() {
        Future<Master> known = asked;
        if (known != null && (!known.isComplete() || System.nanoTime() - askedAt < FRESH.toNanos())) {
            return known;
        }
        Future<Master> fresh = new Round(options.getEndpoints()).begin();
        asked = fresh;
        askedAt = System.nanoTime();
        return fresh;
    }

    /** Asks one Sentinel over a connection of its own, since one that was kept may have died unnoticed. */
    private Future<Master> ask(String url) {
        RedisOptions ofSentinel = single(credentials.applyTo(URI.create(url)));
        if (!credentials.isSame()) {
            ofSentinel.setPassword(null);
        }
        Redis sentinel = Redis.createClient(vertx, ofSentinel);
        return sentinel.send(Request.cmd(Command.SENTINEL).arg("MASTER").arg(options.getMasterName()))
                .map(SentinelRedis::read)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> sentinel.close());
    }

    private static Master read(@Nullable Response facts) {
        if (facts == null || !facts.containsKey("ip") || !facts.containsKey("port")) {
            throw new IllegalStateException("a Sentinel names no master");
        }
        return new Master(
                facts.get("ip").toString(),
                facts.get("port").toInteger(),
                facts.containsKey("config-epoch") ? facts.get("config-epoch").toLong() : 0);
    }

    /** Asking all of them once. */
    private final class Round {

        private final List<String> urls;
        private final Promise<Master> found = Promise.promise();
        private final List<Master> answers = new ArrayList<>();
        private int waiting;

        Round(List<String> urls) {
            this.urls = List.copyOf(urls);
            this.waiting = urls.size();
        }

        Future<Master> begin() {
            for (String url : urls) {
                ask(url).onSuccess(this::answered).onComplete(done -> ended());
            }
            return found.future();
        }

        private synchronized void answered(Master master) {
            answers.add(master);
            if (answers.size() == 1) {
                vertx.setTimer(GRACE.toMillis(), late -> decide());
            }
        }

        private synchronized void ended() {
            waiting--;
            if (waiting == 0) {
                decide();
            }
        }

        private synchronized void decide() {
            answers.stream()
                    .max(Comparator.comparingLong(Master::epoch))
                    .ifPresentOrElse(found::tryComplete, () -> found.tryFail("no Sentinel names a master"));
        }
    }
}
