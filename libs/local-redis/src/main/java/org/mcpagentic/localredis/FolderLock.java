package org.mcpagentic.localredis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One Redis per data folder: two would corrupt it.
 *
 * <p>The lock is this JVM's, and the operating system gives it back however the JVM ends. A Redis whose JVM was killed may
 * live for a moment longer, so its process id is looked at too.
 */
final class FolderLock implements AutoCloseable {
    private static final long LAST_OWNER_SECONDS = 15;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The file in which Redis writes its process id while it runs. */
    static Path processIdFile(Path folder) {
        return folder.resolve("redis.pid");
    }

    static FolderLock acquire(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("redis.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw inUse(folder, read(channel));
            }
            awaitEndOfLastOwner(folder);
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void awaitEndOfLastOwner(Path folder) throws IOException {
        Path file = processIdFile(folder);
        if (!Files.exists(file)) {
            return;
        }
        String pid = Files.readString(file).strip();
        Optional<ProcessHandle> owner = pid.matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(FolderLock::isRedis)
                : Optional.empty();
        if (owner.isEmpty()) {
            return;
        }
        try {
            owner.get().onExit().get(LAST_OWNER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw inUse(folder, pid);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw inUse(folder, pid);
        }
    }

    /** A process id may be given to somebody else after a crash. */
    private static boolean isRedis(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("redis-server"))
                .orElse(false);
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        return new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
    }

    private static LocalRedisException inUse(Path folder, String pid) {
        return new LocalRedisException(
                LocalRedisException.Reason.FOLDER_IN_USE,
                "the data folder %s is in use by process %s: stop that one first, or use another folder"
                        .formatted(folder, pid.isEmpty() ? "(unknown)" : pid));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
