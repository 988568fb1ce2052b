package org.mcpagentic.localredis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mcpagentic.localredis.LocalRedisException.Reason;

/** A throw-away master with replicas on 127.0.0.1, watched by Sentinels that promote a replica where most of them miss the master. */
public final class LocalRedisSentinels implements AutoCloseable {

    /** The master's name. */
    public static final String MASTER_NAME = "mymaster";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<LocalRedis> nodes = new ArrayList<>();
    private final List<LocalRedis> sentinels = new ArrayList<>();

    private LocalRedisSentinels() {}

    /**
     * Starts them and returns when every replica has the master's data and every Sentinel knows all others.
     *
     * @param replicas 1 to 8
     * @param watchers 1 to 9, an odd number
     * @param downAfter for how long the master must be silent to be missed
     * @throws LocalRedisException if one cannot be started, or they do not find each other within 30 s
     */
    public static LocalRedisSentinels start(int replicas, int watchers, Duration downAfter) {
        if (replicas < 1 || replicas > 8 || watchers < 1 || watchers > 9) {
            throw new IllegalArgumentException("1 to 8 replicas and 1 to 9 Sentinels");
        }
        LocalRedisSentinels all = new LocalRedisSentinels();
        try {
            LocalRedis master = all.addNode(Optional.empty());
            for (int i = 0; i < replicas; i++) {
                all.addNode(Optional.of(master.port()));
            }
            awaitThat("the replicas do not follow", () -> online(master) == replicas);
            for (int i = 0; i < watchers; i++) {
                all.sentinels.add(LocalRedis.builder()
                        .sentinel()
                        .option(
                                "sentinel monitor " + MASTER_NAME,
                                "127.0.0.1 " + master.port() + " " + (watchers / 2 + 1))
                        .option("sentinel down-after-milliseconds " + MASTER_NAME, Long.toString(downAfter.toMillis()))
                        // why so short: where two want to lead and neither has most votes, they try again after twice
                        // this time
                        .option("sentinel failover-timeout " + MASTER_NAME, "1000")
                        .start());
            }
            awaitThat(
                    "the Sentinels do not find each other",
                    () -> all.sentinels.stream().allMatch(one -> knows(one, replicas, watchers)));
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private LocalRedis addNode(Optional<Integer> master) {
        LocalRedis.Builder builder = LocalRedis.builder()
                // why: a replica that begins to follow would otherwise wait 5 s for others to do so
                .option("repl-diskless-sync-delay", "0");
        master.ifPresent(port -> builder.option("replicaof", "127.0.0.1 " + port));
        LocalRedis node = builder.start();
        nodes.add(node);
        return node;
    }

    /** The servers, in no order that means anything after a failover. */
    public List<LocalRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** The Sentinels. */
    public List<LocalRedis> sentinels() {
        return List.copyOf(sentinels);
    }

    /** The URLs of the Sentinels, as clients want them. */
    public List<String> urls() {
        return sentinels.stream().map(LocalRedis::url).toList();
    }

    /**
     * The server that is the master.
     *
     * @throws LocalRedisException if none of those that run is, or more than one
     */
    public LocalRedis master() {
        List<LocalRedis> masters = nodes.stream()
                .filter(LocalRedis::isRunning)
                .filter(LocalRedisSentinels::isMaster)
                .toList();
        if (masters.size() != 1) {
            throw new LocalRedisException(Reason.COMMAND_FAILED, "there are " + masters.size() + " masters");
        }
        return masters.getFirst();
    }

    /** Whether a server that runs, and is not paused, is a master. */
    public static boolean isMaster(LocalRedis node) {
        return node.command("INFO", "replication").contains("role:master");
    }

    private static long online(LocalRedis master) {
        return master.command("INFO", "replication")
                .lines()
                .filter(line -> line.contains("state=online"))
                .count();
    }

    private static boolean knows(LocalRedis sentinel, int replicas, int watchers) {
        return sentinel.command("INFO", "sentinel").contains("slaves=" + replicas + ",sentinels=" + watchers);
    }

    private static void awaitThat(String failure, BooleanSupplier holds) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new LocalRedisException(Reason.NOT_STARTED, failure);
            }
            LocalRedis.pauseBriefly();
        }
    }

    @Override
    public void close() {
        sentinels.forEach(LocalRedis::close);
        nodes.forEach(LocalRedis::close);
    }
}
