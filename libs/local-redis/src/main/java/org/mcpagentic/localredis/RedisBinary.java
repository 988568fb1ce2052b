package org.mcpagentic.localredis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a Redis server for a platform: the binary that the embedded-redis jar carries for it, else the one on the PATH.
 *
 * @param operatingSystem as in the system property {@code os.name}
 * @param architecture as in the system property {@code os.arch}
 * @param searchPath as in the environment variable {@code PATH}
 */
record RedisBinary(String operatingSystem, String architecture, String searchPath) {
    private static final String CARRIED = "redis-server-7.0.15";

    static RedisBinary ofThisMachine() {
        return new RedisBinary(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /**
     * The server's executable file.
     *
     * @param folder where a carried binary is unpacked
     * @param installedFirst whether one on the PATH is taken before the carried one
     * @throws LocalRedisException if there is none for this platform
     */
    Path provideIn(Path folder, boolean installedFirst) throws IOException {
        Optional<Path> installed = installedFirst ? installed() : Optional.empty();
        if (installed.isPresent()) {
            return installed.get();
        }
        Optional<String> resource = carriedResource();
        if (resource.isPresent()) {
            return unpack(resource.get(), folder);
        }
        return installed()
                .orElseThrow(() -> new LocalRedisException(
                        LocalRedisException.Reason.NO_BINARY,
                        "no Redis binary is carried for %s on %s and there is no redis-server on the PATH: install Redis 7.0 or later"
                                .formatted(operatingSystem, architecture)));
    }

    private Optional<String> carriedResource() {
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        Optional<String> family = system.startsWith("linux")
                ? Optional.of("linux")
                : system.startsWith("mac") ? Optional.of("darwin") : Optional.empty();
        Optional<String> processor = switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of("amd64");
            case "aarch64", "arm64" -> Optional.of("arm64");
            case "x86", "i386", "i686" -> Optional.of("386");
            default -> Optional.empty();
        };
        return family.flatMap(name -> processor.map(chip -> "/" + CARRIED + "-" + name + "-" + chip))
                .filter(name -> RedisBinary.class.getResource(name) != null);
    }

    private static Path unpack(String resource, Path folder) throws IOException {
        Path binary = folder.resolve("redis-server");
        try (InputStream content = RedisBinary.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("not on the class path: " + resource);
            }
            Files.copy(content, binary);
        }
        if (!binary.toFile().setExecutable(true, true)) {
            throw new IOException("cannot be made executable: " + binary);
        }
        return binary;
    }

    private Optional<Path> installed() {
        return Stream.of(searchPath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
