package org.mcpagentic.archive.find;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.archive.PartName;
import org.mcpagentic.archive.find.Lines.Line;

/**
 * Reads an archive from its first day to its last and writes the lines of wanted tasks as they are. Of a task that is there more
 * than once only the line that was written last is looked at. Holds one line, and the ids of one day and shard, in memory.
 */
final class ArchiveSearch {

    private static final int FORMAT = 1;

    /** Bytes of a line, above what a task's journal may hold in all. */
    static final int LONGEST = 128 * 1024 * 1024;

    private final ArchiveStorage storage;
    private final Query query;
    private final OutputStream found;
    private final Consumer<String> complaints;
    private final int longest;
    private final ObjectMapper json;
    private boolean damaged;

    /** @param complaints is told in a sentence of each thing that could not be read */
    ArchiveSearch(ArchiveStorage storage, Query query, OutputStream found, Consumer<String> complaints) {
        this(storage, query, found, complaints, LONGEST);
    }

    ArchiveSearch(ArchiveStorage storage, Query query, OutputStream found, Consumer<String> complaints, int longest) {
        this.storage = storage;
        this.query = query;
        this.found = found;
        this.complaints = complaints;
        this.longest = longest;
        this.json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(longest)
                        .maxNumberLength(longest)
                        .maxNestingDepth(2000)
                        .build());
    }

    /**
     * Goes through all of it.
     *
     * @return whether all was as it was written; a last line that was cut off is complained about but does not count
     * @throws WritingFailed when nobody takes what is found
     */
    boolean run() {
        for (String year : storage.folders(PartName.ROOT)) {
            number(year, 9999).filter(y -> query.reaches(y, 0)).ifPresent(this::year);
        }
        return !damaged;
    }

    private void year(int year) {
        String path = "%s/%04d".formatted(PartName.ROOT, year);
        for (String month : storage.folders(path)) {
            number(month, 12).filter(m -> query.reaches(year, m)).ifPresent(m -> month(year, m, path + "/" + month));
        }
    }

    private void month(int year, int month, String path) {
        for (String day : storage.folders(path)) {
            number(day, 31)
                    .flatMap(d -> date(year, month, d))
                    .filter(query::reaches)
                    .ifPresent(this::day);
        }
    }

    private static Optional<Integer> number(String name, int most) {
        if (name.isEmpty() || name.length() > 4 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(name)).filter(value -> value >= 1 && value <= most);
    }

    private static Optional<LocalDate> date(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void day(LocalDate day) {
        storage.files(PartName.folder(day)).stream()
                .flatMap(file -> PartName.parse(day, file).stream())
                .filter(query::reaches)
                .collect(Collectors.groupingBy(PartName::shard, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(this::shard);
    }

    /** Reads the parts of one day and shard, the newest first. */
    private void shard(List<PartName> parts) {
        Set<String> seen = new HashSet<>();
        parts.stream()
                .sorted(Comparator.comparing(PartName::written).reversed().thenComparing(PartName::path))
                .forEach(part -> part(part, seen));
    }

    private void part(PartName part, Set<String> seen) {
        try (InputStream stored = storage.open(part.path());
                InputStream plain = part.compressed() ? new GZIPInputStream(stored) : stored) {
            Lines lines = new Lines(plain, longest);
            int number = 0;
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                number++;
                look(line.get(), part.path() + " line " + number, seen);
            }
        } catch (java.io.EOFException e) {
            complaints.accept(part.path() + ": cut off before its first line");
        } catch (IOException e) {
            damage(part.path() + ": " + e.getMessage());
        }
    }

    private void look(Line line, String where, Set<String> seen) {
        if (line.isTooLong()) {
            damage(where + ": longer than " + longest + " bytes");
            return;
        }
        JsonNode task;
        try {
            task = json.readTree(line.bytes());
        } catch (IOException e) {
            if (line.isWhole()) {
                damage(where + ": not JSON");
            } else {
                complaints.accept(where + ": cut off");
            }
            return;
        }
        String id = task.path("task_id").asText();
        if (!task.path("format").isInt() || id.isEmpty()) {
            damage(where + ": not a task");
        } else if (task.path("format").intValue() != FORMAT) {
            damage(where + ": format " + task.path("format").intValue() + ", this reader knows " + FORMAT);
        } else if (query.wants(task) && seen.add(id)) {
            write(line.bytes());
        }
    }

    private void damage(String complaint) {
        damaged = true;
        complaints.accept(complaint);
    }

    private void write(byte[] line) {
        try {
            found.write(line);
            found.write('\n');
        } catch (IOException e) {
            throw new WritingFailed(e);
        }
    }

    /** Nobody takes what is found: the reader of a pipe went away, or a disk is full. */
    static final class WritingFailed extends RuntimeException {

        private final transient IOException reason;

        WritingFailed(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason;
        }
    }
}
