package org.mcpagentic.chaos.cluster;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** A replica as it is packaged, whole or sabotaged. */
public record ReplicaPackage(Path folder) {

    private static final String SCRIPTS = "org/mcpagentic/store/redis/lua";

    public ReplicaPackage {
        if (!Files.exists(folder.resolve("quarkus-run.jar"))) {
            throw new IllegalStateException(
                    "there is no packaged replica in " + folder + "; build bench/chaos-replica");
        }
    }

    /** The one that the build left in the checkout. */
    public static ReplicaPackage built(Path checkout) {
        return new ReplicaPackage(checkout.resolve("bench/chaos-replica/target/quarkus-app")
                .toAbsolutePath()
                .normalize());
    }

    Path jar() {
        return folder.resolve("quarkus-run.jar");
    }

    /**
     * A copy whose scripts are changed.
     *
     * @param copy a folder that is made
     * @throws IllegalStateException where there is nothing to change, see {@link Sabotage}
     */
    public ReplicaPackage sabotaged(Sabotage sabotage, Path copy) throws IOException {
        copy(folder, copy);
        try (FileSystem jar = FileSystems.newFileSystem(store(copy))) {
            for (Sabotage.Change change : sabotage.changes()) {
                Path script = jar.getPath(SCRIPTS, change.script());
                Files.writeString(script, change.in(Files.readString(script)));
            }
        }
        return new ReplicaPackage(copy);
    }

    private static Path store(Path copy) throws IOException {
        try (Stream<Path> jars = Files.list(copy.resolve("lib/main"))) {
            return jars.filter(jar -> jar.getFileName().toString().contains("task-store"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the packaged replica has no task-store"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
