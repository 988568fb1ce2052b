package org.mcpagentic.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;

/** Writes ended tasks down for good. Several may write to the same place; what is written twice is read once. */
public final class TaskArchive {

    /** Bytes of lines from which on a batch is full. */
    static final int FULL = 16 * 1024 * 1024;

    private final ArchiveStorage storage;
    private final InstantSource clock;
    private final RandomGenerator random;

    public TaskArchive(ArchiveStorage storage, InstantSource clock, RandomGenerator random) {
        this.storage = storage;
        this.clock = clock;
        this.random = random;
    }

    public ArchiveStorage storage() {
        return storage;
    }

    /** An empty batch of tasks of one shard. */
    public Batch batch(int shard) {
        return new Batch(shard);
    }

    /** Tasks that are written together, those of one day into one part. Used by one thread at a time. */
    public final class Batch {

        private final int shard;
        private final Map<LocalDate, ByteArrayOutputStream> days = new TreeMap<>();
        private final List<TaskId> tasks = new ArrayList<>();
        private long bytes;

        private Batch(int shard) {
            this.shard = shard;
        }

        /**
         * Takes a task.
         *
         * @throws IllegalArgumentException when it has not ended
         */
        public void add(TaskHistory history, List<TaskEvent> events) {
            Task task = history.task();
            byte[] line = TaskLine.of(history, events, clock.instant());
            Instant ended = task.finishedAt().orElse(task.createdAt());
            days.computeIfAbsent(ended.atOffset(ZoneOffset.UTC).toLocalDate(), day -> new ByteArrayOutputStream())
                    .writeBytes(line);
            tasks.add(task.id());
            bytes += line.length;
        }

        /** Whether it holds as much as should be held in memory. */
        public boolean isFull() {
            return bytes >= FULL;
        }

        public List<TaskId> tasks() {
            return List.copyOf(tasks);
        }

        /**
         * Writes all of it; blocks. Once it returns all of its tasks survive a power failure.
         *
         * @throws ArchiveException when that cannot be said of each of them
         */
        public void store() {
            Instant now = clock.instant();
            days.forEach((day, lines) ->
                    storage.put(new PartName(day, shard, now, random.nextLong(), true).path(), compressed(lines)));
        }

        private static byte[] compressed(ByteArrayOutputStream lines) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                lines.writeTo(gzip);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }
}
