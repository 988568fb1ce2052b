package org.mcpagentic.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mcpagentic.chaos.history.Disturbance;
import org.mcpagentic.chaos.history.Disturbance.Kind;
import org.mcpagentic.chaos.history.LostWorker;
import org.mcpagentic.chaos.plan.Fault;
import org.mcpagentic.localredis.LocalRedis;

/**
 * A Redis that loses nothing it acknowledged, replicas with a network of their own between, a model and a ledger. All
 * ends with this JVM.
 */
public final class Cluster implements AutoCloseable {

    /** What all keys of the one shard begin with. */
    public static final String BASE = "mcp:{0}:";

    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Pattern TAKEN_OVER = Pattern.compile("task was taken over taskId=(\\S+) attempt=(\\d+)");

    private final LocalRedis redis;
    private final ReentrantLock redisTurn = new ReentrantLock();
    private final ScriptedModel model;
    private final LedgerServer ledger;
    private final InstantSource clock;
    private final List<Network> networks = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
    private final List<LostWorker> lost = new CopyOnWriteArrayList<>();

    private Cluster(LocalRedis redis, ScriptedModel model, LedgerServer ledger, InstantSource clock) {
        this.redis = redis;
        this.model = model;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Starts all and returns when all replicas are ready. Redis' data and the replicas' logs go into the folder. */
    public static Cluster start(ReplicaPackage binaries, int replicas, Path folder, InstantSource clock)
            throws IOException, InterruptedException {
        LocalRedis redis = LocalRedis.builder()
                .dataFolder(Files.createDirectories(folder).resolve("redis"))
                .option("appendfsync", "always")
                .start();
        Cluster cluster = new Cluster(redis, ScriptedModel.start(), LedgerServer.start(clock), clock);
        try {
            for (int number = 0; number < replicas; number++) {
                Network network = Network.to(redis.port());
                cluster.networks.add(network);
                Replica replica = new Replica(number, binaries, cluster.environment(number, network), folder);
                cluster.replicas.add(replica);
                replica.launch();
            }
            for (Replica replica : cluster.replicas) {
                replica.awaitReady();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private Map<String, String> environment(int replica, Network network) {
        Map<String, String> environment = new HashMap<>();
        environment.put("REDIS_URL", network.url());
        // why: access control has tests of its own; replicas listen on the loopback interface, as it wants where it is
        // off
        environment.put("ACCESS_ENABLED", "false");
        environment.put("LEDGER_URL", ledger.url(replica));
        environment.put("MODEL", "openai");
        environment.put("OPENAI_BASE_URL", model.base().toString());
        environment.put("OPENAI_MODEL", "scripted");
        environment.put("OPENAI_API_KEY", ScriptedModel.key(replica));
        // why: a model that refuses on purpose is not to be left alone for long
        environment.put("AGENT_MODELS_OPENAI_REST", "200ms");
        // why: calls of minutes are part of it, and their first word comes at their end
        environment.put("AGENT_MODELS_OPENAI_TIMEOUT_FIRST_TOKEN", "15m");
        environment.put("AGENT_MODELS_OPENAI_TIMEOUT_ATTEMPT", "15m");
        environment.put("WORKER_MODEL_TURN", "15m");
        environment.put("WORKER_TIME", "30m");
        environment.put("WORKER_GRACE", "2s");
        // why: a run has more faults than a life; giving up after so many has tests of its own
        environment.put("STORE_MOST_ATTEMPTS", "100");
        return environment;
    }

    public int replicas() {
        return replicas.size();
    }

    public URI address(int replica, String path) {
        return replicas.get(replica).address(path);
    }

    /** The names of the workers that run now, or ran last. */
    public List<String> workers() {
        return replicas.stream().map(Replica::worker).toList();
    }

    /** The replica that held an attempt, by {@code id attempt}: of those that its worker lost, alive or dead. */
    public Map<String, Integer> holders() throws IOException {
        Map<String, Integer> holders = new HashMap<>();
        for (Replica replica : replicas) {
            for (String line : replica.lines()) {
                Matcher taken = TAKEN_OVER.matcher(line);
                if (taken.find()) {
                    holders.put(taken.group(1) + " " + taken.group(2), replica.number());
                }
            }
        }
        lost.forEach(worker ->
                worker.held().forEach((task, attempt) -> holders.put(task + " " + attempt, worker.replica())));
        return holders;
    }

    /** How many lines of a replica's log say this. */
    public long said(int replica, String text) throws IOException {
        return replicas.get(replica).lines().stream()
                .filter(line -> line.contains(text))
                .count();
    }

    public ScriptedModel model() {
        return model;
    }

    public LedgerServer ledger() {
        return ledger;
    }

    /** A connection past all networks. */
    public RedisClient redis() throws IOException {
        return RedisClient.to(redis.port());
    }

    /** All faults that are over. */
    public List<Disturbance> disturbances() {
        return List.copyOf(disturbances);
    }

    /** All workers that were killed. */
    public List<LostWorker> lost() {
        return List.copyOf(lost);
    }

    /** Lets a fault happen and returns when it is over: the process is ready again, the network as before. */
    public void suffer(Fault fault) throws InterruptedException {
        switch (fault) {
            case Fault.Kill kill ->
                alone(kill.replica(), Kind.KILL, replica -> {
                    kill(replica);
                    Thread.sleep(kill.away());
                    replica.launch();
                    replica.awaitReady();
                });
            case Fault.Pause pause ->
                alone(pause.replica(), Kind.PAUSE, replica -> {
                    replica.pause();
                    Thread.sleep(pause.lasting());
                    replica.resume();
                });
            case Fault.RollingRestart roll -> {
                for (int number = 0; number < replicas.size(); number++) {
                    alone(number, Kind.TERMINATE, replica -> {
                        replica.terminate();
                        replica.launch();
                        replica.awaitReady();
                    });
                }
            }
            case Fault.KillRedis kill -> killRedis(kill.away());
            case Fault.Delay delay ->
                alone(delay.replica(), Kind.DELAY, replica -> {
                    networks.get(delay.replica()).delay(delay.latency());
                    Thread.sleep(delay.lasting());
                    networks.get(delay.replica()).heal();
                    Thread.sleep(delay.latency());
                });
            case Fault.Cut cut ->
                alone(
                        cut.replica(),
                        Kind.CUT,
                        replica -> networks.get(cut.replica()).cut());
            case Fault.Silence silence ->
                alone(silence.replica(), Kind.SILENCE, replica -> {
                    networks.get(silence.replica()).silence();
                    // why: until both sides have noticed
                    Thread.sleep(SILENCE);
                });
            case Fault.BlackHole hole ->
                alone(hole.replica(), Kind.BLACK_HOLE, replica -> {
                    networks.get(hole.replica()).block(hole.direction());
                    Thread.sleep(hole.lasting());
                    networks.get(hole.replica()).heal();
                });
        }
    }

    private interface Deed {
        void on(Replica replica) throws InterruptedException;
    }

    private void alone(int number, Kind kind, Deed deed) throws InterruptedException {
        Replica replica = replicas.get(number);
        replica.turn().lockInterruptibly();
        try {
            Instant from = clock.instant();
            deed.on(replica);
            disturbances.add(new Disturbance(kind, number, from, clock.instant()));
        } finally {
            replica.turn().unlock();
        }
    }

    private void kill(Replica replica) {
        Instant at = clock.instant();
        replica.kill();
        lost.add(new LostWorker(replica.number(), at, held(replica.worker())));
    }

    /** What a worker holds; nothing where Redis is away too. */
    private Map<String, Integer> held(String worker) {
        Map<String, Integer> held = new HashMap<>();
        try (RedisClient client = redis()) {
            for (String task : client.texts("HKEYS", BASE + "held:" + worker)) {
                held.put(task, Integer.parseInt(client.text("HGET", BASE + "task:" + task, "attempt")));
            }
        } catch (IOException away) {
            return Map.of();
        }
        return held;
    }

    private void killRedis(Duration away) throws InterruptedException {
        redisTurn.lockInterruptibly();
        try {
            Instant from = clock.instant();
            redis.kill();
            Thread.sleep(away);
            redis.restart();
            disturbances.add(new Disturbance(Kind.KILL_REDIS, Disturbance.REDIS, from, clock.instant()));
        } finally {
            redisTurn.unlock();
        }
    }

    @Override
    public void close() {
        replicas.parallelStream().forEach(replica -> {
            try {
                replica.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        networks.forEach(Network::close);
        ledger.close();
        model.close();
        redis.close();
    }
}
