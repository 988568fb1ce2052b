package org.mcpagentic.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.mcpagentic.chaos.check.NoResidue;
import org.mcpagentic.chaos.cluster.Cluster;
import org.mcpagentic.chaos.cluster.RedisClient;
import org.mcpagentic.chaos.cluster.ReplicaPackage;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.History;
import org.mcpagentic.chaos.load.Api;
import org.mcpagentic.chaos.load.Client;
import org.mcpagentic.chaos.plan.Life;
import org.mcpagentic.chaos.plan.Plan;

/** A cluster with clients, from its start to the evidence it leaves behind. */
final class Run implements AutoCloseable {

    /** How long what belongs to nobody may still be there. */
    private static final Duration CLEARING = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Path checkout;
    private final History history;
    private final Cluster cluster;
    private final Api api;
    private final InstantSource clock;
    private final List<Thread> clients = new ArrayList<>();

    private Run(Path checkout, History history, Cluster cluster, Api api, InstantSource clock) {
        this.checkout = checkout;
        this.history = history;
        this.cluster = cluster;
        this.api = api;
        this.clock = clock;
    }

    /** Starts everything; what it leaves goes into the folder, which is emptied before. */
    static Run start(Path checkout, ReplicaPackage binaries, int replicas, Path folder)
            throws IOException, InterruptedException {
        empty(folder);
        InstantSource clock = Clock.systemUTC();
        History history = History.in(folder);
        Cluster cluster = Cluster.start(binaries, replicas, folder, clock);
        Api api = new Api(cluster);
        return new Run(checkout, history, cluster, api, clock);
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    Cluster cluster() {
        return cluster;
    }

    Api api() {
        return api;
    }

    History history() {
        return history;
    }

    /** A client for this life. */
    Client client(Life life) {
        return new Client(api, history, clock, life);
    }

    /** Lets a client live, beside all else. */
    void begin(Life life) {
        clients.add(Thread.ofVirtual().start(client(life)));
    }

    /** Lets all clients live and all faults happen, each at its time; returns when all faults are over. */
    void play(Plan plan) throws InterruptedException {
        long begin = System.nanoTime();
        for (Life life : plan.lives()) {
            clients.add(Thread.ofVirtual().start(() -> {
                if (sleptUntil(begin + life.begin().toNanos())) {
                    client(life).run();
                }
            }));
        }
        AtomicReference<Exception> failure = new AtomicReference<>();
        List<Thread> faults = plan.faults().stream()
                .map(moment -> Thread.ofVirtual().start(() -> {
                    try {
                        if (sleptUntil(begin + moment.at().toNanos())) {
                            cluster.suffer(moment.fault());
                        }
                    } catch (InterruptedException | RuntimeException e) {
                        failure.compareAndSet(null, e);
                    }
                }))
                .toList();
        sleptUntil(begin + plan.length().toNanos());
        for (Thread fault : faults) {
            fault.join();
        }
        Exception broken = failure.get();
        if (broken != null) {
            throw new IllegalStateException("a fault could not be done or undone", broken);
        }
    }

    /** Waits until all clients are done or the patience is over, then until what is left is gone, and reads the evidence. */
    Evidence evidence(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (Thread client : clients) {
            client.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        clients.forEach(Thread::interrupt);
        for (Thread client : clients) {
            client.join();
        }
        awaitClear();
        return EvidenceReader.read(cluster, api, history, StatesPage.moves(checkout));
    }

    private void awaitClear() throws IOException, InterruptedException {
        long end = System.nanoTime() + CLEARING.toNanos();
        try (RedisClient redis = cluster.redis()) {
            while (System.nanoTime() < end) {
                Set<String> tasks = new HashSet<>();
                var keys = EvidenceReader.keys(redis);
                keys.stream()
                        .map(key -> key.name())
                        .filter(name -> name.startsWith("task:"))
                        .forEach(name -> tasks.add(name.substring("task:".length())));
                if (NoResidue.violations(keys, tasks, cluster.workers()).isEmpty()) {
                    return;
                }
                Thread.sleep(LOOK);
            }
        }
    }

    private static boolean sleptUntil(long nanoTime) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        clients.forEach(Thread::interrupt);
        api.close();
        cluster.close();
        history.close();
    }
}
