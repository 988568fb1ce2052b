package org.mcpagentic.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the kernel says of a container's process.
 *
 * @param status fields of {@code /proc/PID/status}
 * @param rootOptions how its root is mounted
 * @param writable places that are mounted for writing, without what every container has under {@code /dev}, {@code /proc} and {@code /sys}
 * @param root its root as this machine sees it
 */
record Confinement(Map<String, String> status, Set<String> rootOptions, Set<String> writable, Path root) {

    private static final List<String> OF_EVERY_CONTAINER = List.of("/dev", "/proc", "/sys");

    Confinement {
        status = Map.copyOf(status);
        rootOptions = Set.copyOf(rootOptions);
        writable = Set.copyOf(writable);
    }

    static Confinement of(long process) {
        Path folder = Path.of("/proc", Long.toString(process));
        Map<String, String> status = new TreeMap<>();
        for (String line : lines(folder.resolve("status"))) {
            int colon = line.indexOf(':');
            status.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        Set<String> rootOptions = new TreeSet<>();
        Set<String> writable = new TreeSet<>();
        for (String line : lines(folder.resolve("mountinfo"))) {
            // proc_pid_mountinfo(5): the fifth field is the place, the sixth its options
            List<String> fields = List.of(line.split(" ", -1));
            String place = fields.get(4);
            Set<String> options = Set.of(fields.get(5).split(",", -1));
            if (place.equals("/")) {
                rootOptions.addAll(options);
            } else if (options.contains("rw") && OF_EVERY_CONTAINER.stream().noneMatch(place::startsWith)) {
                writable.add(place);
            }
        }
        return new Confinement(status, rootOptions, writable, folder.resolve("root"));
    }

    /** What lies in the places for writing: each folder with the number and the bytes of its files. */
    List<String> written() {
        Map<String, List<Long>> folders = new TreeMap<>();
        for (String place : writable) {
            Path top = root.resolve(place.substring(1));
            try (Stream<Path> walk = Files.walk(top)) {
                walk.filter(Files::isRegularFile)
                        .forEach(file -> folders.computeIfAbsent(
                                        place + "/" + top.relativize(file.getParent()), folder -> new ArrayList<>())
                                .add(size(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folders.entrySet().stream()
                .map(folder -> "%s: %d files, %,d bytes"
                        .formatted(
                                folder.getKey(),
                                folder.getValue().size(),
                                folder.getValue().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()))
                .toList();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
