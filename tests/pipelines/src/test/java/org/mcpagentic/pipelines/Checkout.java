package org.mcpagentic.pipelines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that are looked at. */
final class Checkout {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private Checkout() {}

    static String text(String file) {
        return text(ROOT.resolve(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> workflows() {
        return in(".github/workflows");
    }

    /** The shell scripts of people and pipelines. */
    static List<Path> scripts() {
        return Stream.of("scripts", ".ci", "images", "bench/slow-clients")
                .filter(folder -> Files.isDirectory(ROOT.resolve(folder)))
                .flatMap(folder -> in(folder).stream())
                .filter(file -> text(file).lines().findFirst().orElse("").matches("#!.*\\b(sh|bash)"))
                .toList();
    }

    private static List<Path> in(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
