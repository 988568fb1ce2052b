package org.mcpagentic.bench.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mcpagentic.localredis.LocalRedis;

/**
 * {@code compare [ROUNDS] [HELD]} measures beside BullMQ, {@code profile [TASKS]} what each script costs, {@code audit [ENTRIES]} the audit
 * trail; {@code worker} and {@code producer} are the processes that the first two start.
 */
public final class Main {

    /** Held strongly, or its level is forgotten. */
    private static final Logger LOG = Logger.getLogger("org.mcpagentic");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        // why: a line per task is the worker's CPU, and BullMQ writes none
        LOG.setLevel(Level.WARNING);
        List<String> words = List.of(arguments);
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "compare" -> compare(number(words, 1, 3), number(words, 2, 20));
            case "profile" -> profile(number(words, 1, 20_000));
            case "audit" -> audit(number(words, 1, 100_000));
            case "worker" -> WorkerRole.run(words.get(1), number(words, 2, 64), Duration.ofMillis(number(words, 3, 0)));
            case "producer" -> {
                try {
                    ProducerRole.run(words.get(1), Scenario.of(words.subList(2, words.size())));
                } catch (Exception e) {
                    // why: other threads would keep a process alive that has nothing left to say
                    e.printStackTrace();
                    System.exit(1);
                }
                System.exit(0);
            }
            default -> {
                System.err.println(
                        "bench-queue: name one of compare [ROUNDS] [HELD], profile [TASKS], audit [ENTRIES]");
                System.exit(1);
            }
        }
    }

    private static void compare(int rounds, int held) throws Exception {
        try (LocalRedis redis = redis()) {
            Comparison.Extent extent =
                    new Comparison.Extent(rounds, 20_000, 20_000, 256, 5_000, 1_000, 20_000, 64, held);
            Figures figures = new Comparison(redis, List.of(Contender.values()), extent).run();
            System.out.printf("%n%s%neach run:%n%s", figures.table(), figures.raw());
        }
        System.exit(0);
    }

    private static void audit(int entries) {
        boolean intact;
        try (LocalRedis redis = redis()) {
            intact = new AuditTrail(redis, entries).run();
        }
        System.exit(intact ? 0 : 1);
    }

    private static void profile(int tasks) {
        try (LocalRedis redis = redis()) {
            // why twice: the first runs while the JVM still compiles, and what is sent slowly costs Redis more
            new Profile(redis, tasks).run();
            System.out.print(new Profile(redis, tasks).run());
        }
        System.exit(0);
    }

    private static LocalRedis redis() {
        return LocalRedis.builder()
                .installedFirst()
                .dataFolder(Path.of("target", "bench-queue-redis"))
                .option("appendonly", "no")
                // why: a rewrite of the file would come in the middle of what is measured
                .option("auto-aof-rewrite-percentage", "0")
                .start();
    }

    private static int number(List<String> words, int index, int otherwise) {
        return words.size() > index ? Integer.parseInt(words.get(index)) : otherwise;
    }
}
