package org.mcpagentic.localredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.LocalRedisException.Reason;

@Timeout(60)
class LocalRedisTest {

    private final Path folder;

    LocalRedisTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void answersOnAFreeLoopbackPort() {
        try (LocalRedis redis = LocalRedis.start()) {
            String answer = redis.command("PING");

            assertThat(answer).isEqualTo("PONG");
            assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
            assertThat(redis.command("INFO", "server")).contains("process_id:" + redis.pid());
        }
    }

    @Test
    void takesTheOptionsOfRedis() {
        try (LocalRedis redis = LocalRedis.builder().option("maxmemory", "1mb").start()) {
            String memory = redis.command("INFO", "memory");

            assertThat(memory).contains("maxmemory:1048576").contains("maxmemory_policy:noeviction");
        }
    }

    @Test
    void keepsEverythingInItsDataFolderOverAStop() {
        try (LocalRedis redis = LocalRedis.builder().dataFolder(folder).start()) {
            redis.command("SET", "kept", "as it was");
            int port = redis.port();

            redis.stop();
            redis.restart();

            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.command("GET", "kept")).isEqualTo("as it was");
        }
    }

    @Test
    void restartsAfterItWasKilled() {
        try (LocalRedis redis = LocalRedis.builder()
                .dataFolder(folder)
                .option("appendfsync", "always")
                .start()) {
            redis.command("SET", "kept", "1");

            redis.kill();
            redis.restart();

            assertThat(redis.command("GET", "kept")).isEqualTo("1");
        }
    }

    @Test
    void forgetsEverythingWithoutADataFolder() {
        try (LocalRedis redis = LocalRedis.start()) {
            redis.command("SET", "forgotten", "1");

            redis.restart();

            assertThat(redis.command("EXISTS", "forgotten")).isEqualTo("0");
        }
    }

    @Test
    void tellsWhenItEnds() {
        try (LocalRedis redis = LocalRedis.start()) {
            var exit = redis.exit();

            redis.kill();

            assertThat(exit.join()).isEqualTo(137);
            assertThat(redis.isRunning()).isFalse();
        }
    }

    @Test
    void answersNothingWhilePaused() {
        try (LocalRedis redis = LocalRedis.start()) {
            redis.pause();

            assertThat(stateOf(redis.pid())).isEqualTo("T");

            redis.resume();
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void stopsEvenWhilePaused() {
        LocalRedis redis = LocalRedis.start();
        long pid = redis.pid();
        redis.pause();

        redis.stop();

        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void refusesADataFolderThatAnotherRedisUses() {
        try (LocalRedis first = LocalRedis.builder().dataFolder(folder).start()) {
            LocalRedisException refusal = catchThrowableOfType(
                    LocalRedisException.class,
                    () -> LocalRedis.builder().dataFolder(folder).start());

            assertThat(refusal.reason()).isEqualTo(Reason.FOLDER_IN_USE);
            assertThat(refusal)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(first.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void refusesAPortThatIsTaken() {
        try (LocalRedis first = LocalRedis.start()) {
            LocalRedisException refusal = catchThrowableOfType(
                    LocalRedisException.class,
                    () -> LocalRedis.builder().port(first.port()).start());

            assertThat(refusal.reason()).isEqualTo(Reason.PORT_IN_USE);
            assertThat(refusal).hasMessageContaining(Integer.toString(first.port()));
        }
    }

    @Test
    void repeatsTheLastWordsOfARedisThatDoesNotStart() {
        LocalRedisException refusal = catchThrowableOfType(
                LocalRedisException.class,
                () -> LocalRedis.builder().option("no-such-option", "1").start());

        assertThat(refusal.reason()).isEqualTo(Reason.NOT_STARTED);
        assertThat(refusal).hasMessageContaining("no-such-option");
    }

    @Test
    void throwsWhatRedisRefuses() {
        try (LocalRedis redis = LocalRedis.start()) {
            assertThatThrownBy(() -> redis.command("NOSUCHCOMMAND"))
                    .isInstanceOf(LocalRedisException.class)
                    .hasMessageContaining("unknown command");
        }
    }

    @Test
    void handsOutItsLog() {
        List<String> log = new CopyOnWriteArrayList<>();

        LocalRedis.builder().output(log::add).start().stop();

        assertThat(log).anyMatch(line -> line.contains("Ready to accept connections"));
        assertThat(log).anyMatch(line -> line.contains("Redis is now ready to exit"));
    }

    @Test
    void leavesNothingInTheTemporaryFolder() throws IOException {
        LocalRedis redis = LocalRedis.start();
        Path scratch = Path.of(ProcessHandle.of(redis.pid())
                        .orElseThrow()
                        .info()
                        .command()
                        .orElseThrow())
                .getParent();

        redis.stop();

        assertThat(scratch).doesNotExist();
    }

    @Test
    void endsWithAJvmThatIsKilled() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader words =
                new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle redis =
                    ProcessHandle.of(Long.parseLong(words.readLine())).orElseThrow();

            owner.destroyForcibly().waitFor();

            redis.onExit().get(10, TimeUnit.SECONDS);
        }
        try (LocalRedis heir = LocalRedis.builder().dataFolder(folder).start()) {
            assertThat(heir.command("GET", "kept")).isEqualTo("1");
        }
    }

    @Test
    void namesItsProcessInTheDataFolderWhileItRuns() throws IOException {
        LocalRedis redis = LocalRedis.builder().dataFolder(folder).start();
        Path pidFile = folder.resolve("redis.pid");
        assertThat(Files.readString(pidFile).strip()).isEqualTo(Long.toString(redis.pid()));

        redis.stop();

        assertThat(pidFile).doesNotExist();
    }

    /** Starts a Redis, says its process id and waits to be killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws InterruptedException {
            LocalRedis redis =
                    LocalRedis.builder().dataFolder(Path.of(arguments[0])).start();
            redis.command("SET", "kept", "1");
            System.out.println(redis.pid());
            Thread.currentThread().join();
        }
    }

    private static String stateOf(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .substring(0, 1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
