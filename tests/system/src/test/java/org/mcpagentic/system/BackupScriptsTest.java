package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.LocalRedis;

/** What the scripts for backup and restore refuse; that they work is shown by {@link DisasterDrillTest}. */
class BackupScriptsTest {
    @TempDir
    private Path folder = Path.of("");

    private LocalRedis redis;

    @BeforeEach
    void aRedisWithSomethingInIt() {
        assumeTrue(
                Stream.of("redis-cli", "redis-check-rdb", "redis-check-aof").allMatch(DisasterDrillTest::isOnPath),
                "no redis-cli with its checkers: scripts/need-redis-tools gets them");
        redis = LocalRedis.builder()
                .installedFirst()
                .option("repl-diskless-sync-delay", "0")
                .start();
        redis.command("SET", "what", "is kept");
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            redis.stop();
        }
    }

    @Test
    void aUserWhoMayReplicateOnlyIsEnoughForABackup() throws Exception {
        redis.command("ACL", "SETUSER", "backup", "on", ">the-password", "+sync", "+psync", "+replconf", "+ping");
        String url = "redis://backup:the-password@127.0.0.1:" + redis.port();

        Ended backup =
                run(Map.of("REDIS_URL", url), "scripts/backup-redis", backups().toString());

        assertThat(backup.exitCode()).as(backup.output()).isZero();
        assertThat(names(backups()))
                .hasSize(2)
                .allMatch(name -> name.matches("redis-\\d{8}T\\d{6}Z\\.rdb(\\.sha256)?"));
        assertThat(Files.getPosixFilePermissions(Path.of(backup.output().strip())))
                .hasSize(2);
    }

    @Test
    void theOldestLeaveTheFolder() throws Exception {
        Files.createDirectories(backups());
        for (String day : List.of("01", "02", "03")) {
            Files.writeString(backups().resolve("redis-202601" + day + "T000000Z.rdb"), "");
            Files.writeString(backups().resolve("redis-202601" + day + "T000000Z.rdb.sha256"), "");
        }

        Ended backup = run(
                Map.of("REDIS_URL", redis.url(), "KEEP", "2"),
                "scripts/backup-redis",
                backups().toString());

        assertThat(backup.exitCode()).as(backup.output()).isZero();
        assertThat(names(backups()))
                .hasSize(4)
                .contains("redis-20260103T000000Z.rdb")
                .noneMatch(name -> name.contains("20260102") || name.contains("20260101"));
    }

    @Test
    void aServerThatIsNotThereLeavesNoSnapshot() throws Exception {
        Ended backup = run(
                Map.of("REDIS_URL", "redis://127.0.0.1:" + FreePort.any()),
                "scripts/backup-redis",
                backups().toString());

        assertThat(backup.exitCode()).isEqualTo(1);
        assertThat(names(backups())).isEmpty();
    }

    @Test
    void aSnapshotThatWasChangedIsNotRestored() throws Exception {
        Path snapshot = snapshot();
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);

        Ended restore = restore(snapshot);

        assertThat(restore.exitCode()).isEqualTo(1);
        assertThat(restore.output()).contains("not what its checksum says");
        assertThat(disk()).doesNotExist();
    }

    @Test
    void aSnapshotThatIsNotWholeIsNotRestored() throws Exception {
        Path snapshot = snapshot();
        byte[] bytes = Files.readAllBytes(snapshot);
        Files.write(snapshot, Arrays.copyOf(bytes, bytes.length - 12));
        run(
                Map.of(),
                "sh",
                "-c",
                "cd '" + snapshot.getParent() + "' && sha256sum " + snapshot.getFileName() + " >"
                        + snapshot.getFileName() + ".sha256");

        Ended restore = restore(snapshot);

        assertThat(restore.exitCode()).isEqualTo(1);
        assertThat(restore.output()).contains("is not whole");
        assertThat(disk()).doesNotExist();
    }

    @Test
    void dataThatAreThereAreNotWrittenOver() throws Exception {
        Path snapshot = snapshot();
        Files.createDirectories(disk().resolve("appendonlydir"));
        Files.writeString(disk().resolve("appendonlydir/appendonly.aof.manifest"), "precious");

        Ended restore = restore(snapshot);

        assertThat(restore.exitCode()).isEqualTo(1);
        assertThat(restore.output()).contains("is there already");
        assertThat(disk().resolve("appendonlydir/appendonly.aof.manifest")).hasContent("precious");
        assertThat(names(disk())).containsExactly("appendonlydir");
    }

    private Path snapshot() throws Exception {
        Ended backup = run(
                Map.of("REDIS_URL", redis.url()),
                "scripts/backup-redis",
                backups().toString());
        assertThat(backup.exitCode()).as(backup.output()).isZero();
        return Path.of(backup.output().strip());
    }

    private Ended restore(Path snapshot) throws Exception {
        return run(Map.of(), "scripts/restore-redis", snapshot.toString(), disk().toString());
    }

    private Path backups() {
        return folder.resolve("backups");
    }

    private Path disk() {
        return folder.resolve("disk");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(Map<String, String> environment, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("env", "-u", "REDISCLI_AUTH", "-u", "KEEP"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words)
                .directory(RunningSystem.CHECKOUT.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
