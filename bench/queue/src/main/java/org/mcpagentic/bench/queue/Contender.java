package org.mcpagentic.bench.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One of the two that are measured; both take the same words. */
enum Contender {
    OURS("ours") {
        @Override
        List<String> program() {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx768m",
                    "-XX:+UseSerialGC",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName());
        }
    },
    PEER("BullMQ") {
        @Override
        List<String> program() {
            return List.of(
                    "node", Path.of("bench", "queue", "bullmq", "bench.mjs").toString());
        }
    };

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract List<String> program();

    Party worker(String url, int slots, Duration think) {
        return Party.start(
                command(List.of("worker", url, Integer.toString(slots), Long.toString(think.toMillis()))), "READY");
    }

    Party producer(String url, Scenario scenario) {
        List<String> words = new ArrayList<>(List.of("producer", url));
        words.addAll(scenario.words());
        return Party.start(command(words), "");
    }

    private List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(program());
        command.addAll(words);
        return command;
    }
}
