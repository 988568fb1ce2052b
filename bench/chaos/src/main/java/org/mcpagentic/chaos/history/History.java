package org.mcpagentic.chaos.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that clients saw, in memory and as JSON lines in a file. Only grows; for any number of threads. */
public final class History implements AutoCloseable {

    private final Path file;
    private final BufferedWriter writer;
    private final List<Observation> observations = new ArrayList<>();

    private History(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    public static History in(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve("history.jsonl");
        return new History(file, Files.newBufferedWriter(file));
    }

    public Path file() {
        return file;
    }

    public synchronized void add(Observation observation) {
        observations.add(observation);
        try {
            writer.write(observation.json());
            writer.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized List<Observation> observations() {
        return List.copyOf(observations);
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
