package org.mcpagentic.localredis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mcpagentic.localredis.LocalRedisException.Reason;

/** A Redis Cluster of throw-away masters without replicas on 127.0.0.1, each holding an equal range of the slots. */
public final class LocalRedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
    private static final int PORT_TRIES = 5;

    private final List<LocalRedis> nodes;

    private LocalRedisCluster(List<LocalRedis> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts the masters and returns when each of them knows all others and serves all slots.
     *
     * @param masters 1 to 16
     * @throws LocalRedisException if a node cannot be started or they do not agree within 30 s
     */
    public static LocalRedisCluster start(int masters) {
        if (masters < 1 || masters > 16) {
            throw new IllegalArgumentException("1 to 16 masters, not " + masters);
        }
        LocalRedisCluster cluster = new LocalRedisCluster(new ArrayList<>());
        try {
            List<Integer> busPorts = new ArrayList<>();
            for (int i = 0; i < masters; i++) {
                busPorts.add(cluster.addNode());
            }
            cluster.assignSlots();
            LocalRedis first = cluster.nodes.getFirst();
            for (int i = 1; i < masters; i++) {
                String port = Integer.toString(cluster.nodes.get(i).port());
                first.command("CLUSTER", "MEET", "127.0.0.1", port, Integer.toString(busPorts.get(i)));
            }
            cluster.awaitAgreement();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The nodes in the order of their slots, for what a test wants to do to one of them. */
    public List<LocalRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** One URL per node, as clients want their seeds. */
    public List<String> urls() {
        return nodes.stream().map(LocalRedis::url).toList();
    }

    @Override
    public void close() {
        nodes.forEach(LocalRedis::close);
    }

    /** Adds a node and returns the port of its bus. */
    private int addNode() {
        for (int tries = 1; ; tries++) {
            // why: the bus' default, port + 10000, may be taken or beyond 65535
            int busPort = FreePort.any();
            try {
                nodes.add(LocalRedis.builder()
                        .option("cluster-enabled", "yes")
                        .option("cluster-port", Integer.toString(busPort))
                        .start());
                return busPort;
            } catch (LocalRedisException e) {
                if (tries == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void assignSlots() {
        int count = nodes.size();
        for (int i = 0; i < count; i++) {
            String first = Integer.toString(i * SLOTS / count);
            String last = Integer.toString((i + 1) * SLOTS / count - 1);
            nodes.get(i).command("CLUSTER", "ADDSLOTSRANGE", first, last);
        }
    }

    private void awaitAgreement() {
        long deadline = System.nanoTime() + JOIN_LIMIT.toNanos();
        while (!nodes.stream().allMatch(this::agrees)) {
            if (System.nanoTime() > deadline) {
                throw new LocalRedisException(
                        Reason.NOT_STARTED,
                        "the cluster did not form: " + nodes.getFirst().command("CLUSTER", "INFO"));
            }
            LocalRedis.pauseBriefly();
        }
    }

    private boolean agrees(LocalRedis node) {
        List<String> info = node.command("CLUSTER", "INFO").lines().toList();
        return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_ok:" + SLOTS)
                && info.contains("cluster_size:" + nodes.size());
    }
}
