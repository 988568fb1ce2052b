package org.mcpagentic.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells which process listens on a port, where the system tells: on Linux, of the same user (root: of any). */
final class PortHolder {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** Such as {@code process 4711 (java -jar old.jar)}; {@code another process} where that cannot be known. */
    static String describe(int port) {
        Set<String> sockets = Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> linesOf(PROC.resolve(table)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 9
                        && columns[3].equals(LISTENING)
                        && columns[1].endsWith(":%04X".formatted(port).toUpperCase(Locale.ROOT)))
                .map(columns -> "socket:[" + columns[9] + "]")
                .collect(Collectors.toSet());
        if (sockets.isEmpty()) {
            return "another process";
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holdsOneOf(sockets, process))
                .findFirst()
                .map(process -> "process %d (%s)".formatted(process.pid(), commandOf(process)))
                .orElse("another process");
    }

    private static boolean holdsOneOf(Set<String> sockets, ProcessHandle process) {
        try (Stream<Path> descriptors = Files.list(PROC.resolve(process.pid() + "/fd"))) {
            return descriptors.anyMatch(
                    descriptor -> target(descriptor).filter(sockets::contains).isPresent());
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> linesOf(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The program and its last arguments, which say more than a JVM's first ones. */
    private static String commandOf(ProcessHandle process) {
        String command = process.info().commandLine().orElse("unknown");
        return command.length() <= 80
                ? command
                : command.substring(0, 30) + "..." + command.substring(command.length() - 47);
    }
}
