package org.mcpagentic.localredis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.localredis.LocalRedisException.Reason;

/**
 * A Redis server on 127.0.0.1, owned by this JVM: it ends when the JVM ends, however that happens.
 *
 * <p>Evicts nothing. With a data folder everything is kept there (append-only file, synced every second); without one
 * nothing is. For use by one thread at a time.
 */
public final class LocalRedis implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int OLDEST_MAJOR_VERSION = 7;
    private static final int LAST_WORDS = 20;
    /** A free port may be taken by somebody else before Redis listens on it. */
    private static final int PORT_TRIES = 5;

    private final Settings settings;
    private final int port;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private @Nullable GuardedProcess process;
    private @Nullable FolderLock lock;

    private LocalRedis(Settings settings, int port) {
        this.settings = settings;
        this.port = port;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts a throw-away server on a free port. */
    public static LocalRedis start() {
        return builder().start();
    }

    public int port() {
        return port;
    }

    /** As a client wants it: {@code redis://127.0.0.1:PORT}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** The server's process id. */
    public long pid() {
        return running().pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Completes with the exit code when the server that runs now has ended, for whatever reason. */
    public CompletableFuture<Integer> exit() {
        return running().exit();
    }

    /**
     * Sends one command.
     *
     * @return the text of a string or number; empty for null
     * @throws LocalRedisException if the answer is an error or an array, or if there is none within 10 s
     */
    public String command(String... words) {
        try {
            return RedisProtocol.call(port, words);
        } catch (IOException e) {
            throw new LocalRedisException(
                    Reason.COMMAND_FAILED, "%s: %s".formatted(Arrays.toString(words), e.getMessage()), e);
        }
    }

    /** Ends the server in order: what it holds is on disk afterwards, if it has a data folder. Without effect if it has ended. */
    public void stop() {
        end(GuardedProcess::stop);
    }

    /** Ends the server by SIGKILL, as a crash would. */
    public void kill() {
        end(GuardedProcess::kill);
    }

    /** Starts the server again after {@link #stop()}, {@link #kill()} or a crash: on the same port, with the data of its folder. */
    public void restart() {
        stop();
        launch();
    }

    /** Stops the server's clock (SIGSTOP): connections stay open, nothing is answered. */
    public void pause() {
        running().signal("STOP");
    }

    /** Lets a paused server go on. */
    public void resume() {
        running().signal("CONT");
    }

    /** As {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    private GuardedProcess running() {
        if (process == null) {
            throw new IllegalStateException("Redis is not running");
        }
        return process;
    }

    private void end(Consumer<GuardedProcess> how) {
        if (process != null) {
            how.accept(process);
            process = null;
        }
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lock = null;
        }
    }

    private void launch() {
        if (!FreePort.isFree(port)) {
            throw new LocalRedisException(Reason.PORT_IN_USE, "port %d is in use by another process".formatted(port));
        }
        try {
            if (settings.dataFolder().isPresent()) {
                lock = FolderLock.acquire(
                        Files.createDirectories(settings.dataFolder().get()));
            }
            Path scratch = Files.createTempDirectory("local-redis-");
            Path data = settings.dataFolder().orElse(scratch);
            List<String> command = new ArrayList<>();
            command.add(RedisBinary.ofThisMachine()
                    .provideIn(scratch, settings.installedFirst())
                    .toString());
            if (settings.sentinel()) {
                // why in the scratch folder: a Sentinel writes what it learns into its file
                command.add(Files.write(scratch.resolve("sentinel.conf"), settings.lines(port, scratch))
                        .toString());
                command.add("--sentinel");
            } else {
                settings.options(port, data).forEach((name, value) -> {
                    command.add("--" + name);
                    command.add(value);
                });
            }
            process = GuardedProcess.start(command, Map.of(), GRACE, Optional.of(scratch), this::heard);
            awaitAnswer(process);
        } catch (IOException e) {
            end(GuardedProcess::stop);
            throw new LocalRedisException(Reason.NOT_STARTED, "Redis cannot be started: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            end(GuardedProcess::stop);
            throw e;
        }
    }

    private void heard(String line) {
        synchronized (lastWords) {
            lastWords.addLast(line);
            if (lastWords.size() > LAST_WORDS) {
                lastWords.removeFirst();
            }
        }
        settings.output().accept(line);
    }

    private void awaitAnswer(GuardedProcess started) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (started.isAlive() && System.nanoTime() < deadline) {
            Optional<ServerInfo> info = ServerInfo.ask(port);
            // why: until ours has failed to listen, somebody else's Redis may answer on the port
            if (info.isPresent() && info.get().pid() == started.pid()) {
                if (info.get().majorVersion() < OLDEST_MAJOR_VERSION) {
                    throw new LocalRedisException(
                            Reason.NO_BINARY,
                            "the redis-server on the PATH is of version %s: install Redis 7.0 or later"
                                    .formatted(info.get().version()));
                }
                return;
            }
            pauseBriefly();
        }
        synchronized (lastWords) {
            Reason reason = lastWords.stream().anyMatch(line -> line.contains("Address already in use"))
                    ? Reason.PORT_IN_USE
                    : Reason.NOT_STARTED;
            throw new LocalRedisException(
                    reason, "Redis did not start on port %d: %s".formatted(port, String.join(" | ", lastWords)));
        }
    }

    static void pauseBriefly() {
        try {
            Thread.sleep(Duration.ofMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRedisException(Reason.NOT_STARTED, "interrupted while Redis was starting", e);
        }
    }

    private record ServerInfo(long pid, String version) {
        static Optional<ServerInfo> ask(int port) {
            try {
                Map<String, String> fields = new LinkedHashMap<>();
                RedisProtocol.call(port, "INFO", "server").lines().forEach(line -> {
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        fields.put(line.substring(0, colon), line.substring(colon + 1));
                    }
                });
                // why: INFO answers while Redis still reads its data; commands do not
                RedisProtocol.call(port, "PING");
                return Optional.of(new ServerInfo(
                        Long.parseLong(fields.getOrDefault("process_id", "0")),
                        fields.getOrDefault("redis_version", "0")));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        int majorVersion() {
            return Integer.parseInt(version.substring(0, version.indexOf('.')));
        }
    }

    private record Settings(
            Optional<Path> dataFolder,
            Map<String, String> overrides,
            Consumer<String> output,
            boolean installedFirst,
            boolean sentinel) {
        Map<String, String> options(int port, Path data) {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("port", Integer.toString(port));
            options.put("bind", "127.0.0.1");
            options.put("protected-mode", "yes");
            options.put("dir", data.toString());
            options.put("pidfile", FolderLock.processIdFile(data).toString());
            options.put("save", "");
            options.put("appendonly", dataFolder.isPresent() ? "yes" : "no");
            options.put("appendfsync", "everysec");
            options.put("maxmemory-policy", "noeviction");
            options.putAll(overrides);
            return options;
        }

        /** A Sentinel's file; of a server's options it knows the first alone. */
        List<String> lines(int port, Path folder) {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("port", Integer.toString(port));
            options.put("bind", "127.0.0.1");
            options.put("protected-mode", "yes");
            options.put("dir", folder.toString());
            options.putAll(overrides);
            return options.entrySet().stream()
                    .map(option -> option.getKey() + " " + option.getValue())
                    .toList();
        }
    }

    /** What the server shall be like. */
    public static final class Builder {
        private int port;
        private Optional<Path> dataFolder = Optional.empty();
        private final Map<String, String> overrides = new LinkedHashMap<>();
        private Consumer<String> output = line -> {};
        private boolean installedFirst;
        private boolean sentinel;

        private Builder() {}

        /** The port to listen on, 1 to 65535; 0, the default, takes any free one. */
        public Builder port(int wanted) {
            if (wanted < 0 || wanted > 65_535) {
                throw new IllegalArgumentException("not a port: " + wanted);
            }
            this.port = wanted;
            return this;
        }

        /** Keeps the data in this folder, which is made if it is missing and belongs to one server at a time. */
        public Builder dataFolder(Path folder) {
            this.dataFolder = Optional.of(folder.toAbsolutePath().normalize());
            return this;
        }

        /** Any setting of <a href="https://redis.io/docs/latest/operate/oss_and_stack/management/config/">redis.conf</a>, such as {@code maxmemory}, {@code 64mb}. */
        public Builder option(String name, String value) {
            overrides.put(name, value);
            return this;
        }

        /**
         * Takes the redis-server on the PATH where there is one, as it is deployed: the carried one is made to run everywhere, and
         * takes several times as long for a script.
         */
        public Builder installedFirst() {
            this.installedFirst = true;
            return this;
        }

        /** Makes it a Sentinel: {@link #option} then takes a Sentinel's settings, such as {@code sentinel monitor}. */
        Builder sentinel() {
            this.sentinel = true;
            return this;
        }

        /** Gets every line that the server logs, on a thread of its own. */
        public Builder output(Consumer<String> lines) {
            this.output = lines;
            return this;
        }

        /**
         * Starts the server and returns when it answers.
         *
         * @throws LocalRedisException if it cannot be started, with what to do about it
         */
        public LocalRedis start() {
            Settings settings = new Settings(dataFolder, Map.copyOf(overrides), output, installedFirst, sentinel);
            for (int tries = 1; ; tries++) {
                LocalRedis redis = new LocalRedis(settings, port == 0 ? FreePort.any() : port);
                try {
                    redis.launch();
                    return redis;
                } catch (LocalRedisException e) {
                    if (port != 0 || e.reason() != Reason.PORT_IN_USE || tries == PORT_TRIES) {
                        throw e;
                    }
                }
            }
        }
    }
}
