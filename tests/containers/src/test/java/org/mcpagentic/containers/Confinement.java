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
import java.util.stream.Collectors;
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

    private static final Set<String> OF_EVERY_CONTAINER = Set.of("dev", "proc", "sys");

    Confinement {
        status = Map.copyOf(status);
        rootOptions = Set.copyOf(rootOptions);
        writable = Set.copyOf(writable);
    }

    static Confinement of(long process) {
        Path folder = Path.of("/proc", Long.toString(process));
        Map<String, String> status = new TreeMap<>();
        for (String line : lines(folder.resolve("status"))) {
            String[] field = line.split(":", 2);
            status.put(field[0], field[1].strip());
        }
        Set<String> rootOptions = new TreeSet<>();
        Set<String> writable = new TreeSet<>();
        for (String line : lines(folder.resolve("mountinfo"))) {
            String[] fields = line.split(" ");
            Set<String> options = Set.of(fields[5].split(","));
            String place = fields[4];
            if (place.equals("/")) {
                rootOptions.addAll(options);
            }
            if (options.contains("rw") && !OF_EVERY_CONTAINER.contains((place + "/").split("/")[place.equals("/") ? 0 : 1])) {
                writable.add(place);
            }
        }
        return new Confinement(status, rootOptions, writable, folder.resolve("root"));
    }

    /** Every file that lies in the places for writing, with its size. */
    List<String> written() {
        List<String> files = new ArrayList<>();
        for (String place : writable) {
            Path top = root.resolve(place.substring(1));
            try (Stream<Path> walk = Files.walk(top)) {
                files.addAll(walk.filter(Files::isRegularFile)
                        .map(file -> "%s/%s %d bytes".formatted(place, top.relativize(file), size(file)))
                        .collect(Collectors.toCollection(TreeSet::new)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
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
