package org.mcpagentic.bench.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.mcpagentic.localredis.GuardedProcess;

/** A worker or a producer in a process of its own, and what it says. */
final class Party implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final GuardedProcess process;
    private final BlockingQueue<String> lines;

    private Party(GuardedProcess process, BlockingQueue<String> lines) {
        this.process = process;
        this.lines = lines;
    }

    /** @param sign to wait for; empty to wait for none */
    static Party start(List<String> command, String sign) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        GuardedProcess process =
                GuardedProcess.start(command, Map.of(), Duration.ofSeconds(20), Optional.empty(), lines::add);
        Party party = new Party(process, lines);
        if (!sign.isEmpty()) {
            party.await(sign);
        }
        return party;
    }

    /**
     * Waits for a word.
     *
     * @return what comes behind it
     * @throws IllegalStateException where the process ends or is silent before
     */
    JsonNode await(String word) {
        StringBuilder others = new StringBuilder();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < end) {
                String line = lines.poll(1, TimeUnit.SECONDS);
                if (line == null && process.isAlive()) {
                    continue;
                }
                if (line == null) {
                    break;
                }
                if (line.equals(word) || line.startsWith(word + " ")) {
                    return Wire.read(line.length() == word.length() ? "{}" : line.substring(word.length() + 1));
                }
                others.append(line).append('\n');
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("a process never said " + word + ":\n" + others);
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.stop();
    }
}
