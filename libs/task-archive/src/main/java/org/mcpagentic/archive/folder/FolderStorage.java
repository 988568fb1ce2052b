package org.mcpagentic.archive.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mcpagentic.archive.ArchiveException;
import org.mcpagentic.archive.ArchiveStorage;

/**
 * An archive in a folder. Only its owner may read what is written: files are {@code 0600}, folders {@code 0700}. Names that begin with a
 * dot are files that are being written, or were when their writer died.
 */
public final class FolderStorage implements ArchiveStorage {

    private static final FileAttribute<?> OF_FILES =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OF_FOLDERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;

    /** @param root has to be there: where a volume is not mounted nothing is written beside it */
    public FolderStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String place() {
        return root.toString();
    }

    @Override
    public void check() {
        if (!Files.isDirectory(root)) {
            throw new ArchiveException("the archive's folder " + root + " is not there, or is no folder");
        }
        Path probe = root.resolve("." + UUID.randomUUID() + ".probe");
        try {
            write(probe, new byte[0]);
            Files.delete(probe);
        } catch (IOException e) {
            throw failed("the archive's folder " + root + " cannot be written to", e);
        }
    }

    @Override
    public void put(String path, byte[] content) {
        Path file = root.resolve(path);
        Path folder = file.resolveSibling("");
        Path writing = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            makeFolders(folder);
            try {
                write(writing, content);
                Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(writing);
                throw e;
            }
            force(folder);
        } catch (IOException e) {
            throw failed("the archive's file " + file + " cannot be written", e);
        }
    }

    private void makeFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.equals(root)) {
            throw new NoSuchFileException(root.toString());
        }
        Path parent = folder.resolveSibling("");
        makeFolders(parent);
        try {
            Files.createDirectory(folder, OF_FOLDERS);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // why not a failure: another replica was faster
        }
        force(parent);
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OF_FILES)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** Makes the names in a folder survive a power failure. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> folders(String path) {
        return names(path, Files::isDirectory);
    }

    @Override
    public List<String> files(String path) {
        return names(path, Files::isRegularFile);
    }

    private List<String> names(String path, Predicate<Path> kind) {
        Path folder = root.resolve(path);
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(kind)
                    .map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (Files.isDirectory(root, new LinkOption[0])) {
                return List.of();
            }
            throw new ArchiveException("the archive's folder " + root + " is not there, or is no folder", e);
        } catch (IOException e) {
            throw failed("the archive's folder " + folder + " cannot be read", e);
        }
    }

    @Override
    public InputStream open(String path) {
        Path file = root.resolve(path);
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw failed("the archive's file " + file + " cannot be read", e);
        }
    }

    private static ArchiveException failed(String what, IOException e) {
        return new ArchiveException(what + ": " + e, e);
    }
}
