package org.mcpagentic.archive.find;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.archive.EndedTasks.NOON;
import static org.mcpagentic.archive.EndedTasks.ended;
import static org.mcpagentic.archive.EndedTasks.events;
import static org.mcpagentic.archive.EndedTasks.id;
import static org.mcpagentic.archive.EndedTasks.step;
import static org.mcpagentic.archive.EndedTasks.succeeded;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.archive.TaskArchive;
import org.mcpagentic.archive.folder.FolderStorage;
import org.mcpagentic.archive.s3.S3Location;
import org.mcpagentic.archive.s3.S3Server;
import org.mcpagentic.archive.s3.S3Storage;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskState;

/** What {@code make archive-find} prints. */
class ArchiveFindTest {

    @TempDir
    private Path folder = Path.of("");

    private Instant now = NOON.plus(Duration.ofDays(30));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void threeTasks() {
        write(succeeded(id(1), NOON, "forty-two", step(1, "{\"call\":\"calculator\"}", "{\"text\":\"Straße\"}")));
        write(
                ended(
                        id(2),
                        "globex",
                        NOON.plus(Duration.ofDays(1)),
                        new TaskState.Failed(new TaskError("c", "broke"))),
                ended(id(1, 3), "acme", NOON.plus(Duration.ofDays(40)), new TaskState.Succeeded("late")));
    }

    @Test
    void printsAllFromTheFirstDayToTheLast() {
        assertThat(found()).containsExactly(id(1).value(), id(2).value(), id(1, 3).value());
        assertThat(complaints()).isEmpty();
    }

    @Test
    void findsNothingInAnEmptyArchive() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        int status = run("ARCHIVE=" + empty);

        assertThat(status).isZero();
        assertThat(out.size()).isZero();
    }

    @Test
    void printsLinesAsTheyWereWritten() {
        assertThat(run("ARCHIVE=" + folder, "ID=" + id(1))).isZero();

        assertThat(out.toString(UTF_8)).isEqualTo(lines("tasks/2026/11/22"));
    }

    @Test
    void findsByIdTenantStatusAndText() {
        assertThat(found("ID=" + id(2))).containsExactly(id(2).value());
        assertThat(found("ID=" + id(1, 3))).containsExactly(id(1, 3).value());
        assertThat(found("ID=" + id(2, 3))).isEmpty();
        assertThat(found("TENANT=globex")).containsExactly(id(2).value());
        assertThat(found("STATUS=failed")).containsExactly(id(2).value());
        assertThat(found("TEXT=STRASSE")).isEmpty();
        assertThat(found("TEXT=straße")).containsExactly(id(1).value());
        assertThat(found("TEXT=BROKE")).containsExactly(id(2).value());
        assertThat(found("TENANT=acme", "STATUS=succeeded", "TEXT=late")).containsExactly(id(1, 3).value());
        assertThat(found("TENANT=", "STATUS=")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22,2026-11-22,1",
        "2026-11-22,2026-11-23,2",
        "2026-11-23,,2",
        ",2026-11-23,2",
        "2026-11-22T12:00:00Z,2026-11-22T12:00:01Z,1",
        "2026-11-22T12:00:01Z,2026-11-23T12:00:00Z,0",
        "2026-12-01,2026-12-31,0",
        "2027-01-01,,1",
        "2027-01-02,,0"
    })
    void findsByWhenTasksEnded(String since, String until, int count) {
        assertThat(found("SINCE=" + (since == null ? "" : since), "UNTIL=" + (until == null ? "" : until)))
                .hasSize(count);
    }

    @Test
    void doesNotOpenPartsOfOtherDaysOrShards() throws IOException {
        for (Path part : parts()) {
            if (!part.toString().contains("2026/11/23")) {
                Files.writeString(part, "broken");
            }
        }
        Files.writeString(folder.resolve("tasks/2026/11/23/7-20261222T120000000Z-0000000000000007.jsonl"), "broken\n");

        assertThat(run("ARCHIVE=" + folder, "ID=" + id(2), "SINCE=2026-11-23", "UNTIL=2026-11-23"))
                .isZero();
    }

    @Test
    void showsOnceWhatWasArchivedTwiceAsItWasLast() {
        now = now.plusSeconds(10);
        write(succeeded(id(1), NOON, "forty-two, again"), succeeded(id(4), NOON, "another"));

        assertThat(found()).containsExactlyInAnyOrder(id(1).value(), id(4).value(), id(2).value(), id(1, 3).value());
        assertThat(out.toString(UTF_8)).contains("forty-two, again").doesNotContain("\"forty-two\"");
    }

    @Test
    void showsWhatCameBeforeALineThatWasCutOff() throws IOException {
        plain(
                "20",
                "{\"format\":1,\"task_id\":\"a\",\"finished_at\":\"2026-11-20T01:02:03Z\"}\n{\"format\":1,\"task_id\":\"b\",\"finished_at\":\"2026-11-20T01:02:03Z\"}\n{\"format\":1,\"tas");

        assertThat(run("ARCHIVE=" + folder, "UNTIL=2026-11-20")).isZero();

        assertThat(ids()).containsExactly("a", "b");
        assertThat(complaints()).contains("line 3: cut off");
    }

    @Test
    void showsWhatIsLeftOfAPartThatWasCutOff() throws IOException {
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        String text = java.util.HexFormat.of().formatHex(noise);
        now = now.plusSeconds(10);
        write(succeeded(id(5), NOON, "first"), succeeded(id(6), NOON, text));
        Path part = parts().stream()
                .filter(path -> path.toFile().length() > 100_000)
                .findFirst()
                .orElseThrow();
        byte[] whole = Files.readAllBytes(part);
        Files.write(part, Arrays.copyOf(whole, whole.length / 2));

        assertThat(run("ARCHIVE=" + folder, "ID=" + id(5))).isZero();

        assertThat(ids()).containsExactly(id(5).value());
        assertThat(complaints()).contains("cut off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json\n",
                "{\"format\":1,\"task_id\":\"a\"} x\n",
                "[]\n",
                "{\"task_id\":\"a\"}\n",
                "{\"format\":1}\n",
                "{\"format\":2,\"task_id\":\"a\"}\n",
                "\n"
            })
    void tellsOfDamageAndGoesOn(String damage) throws IOException {
        plain("20", damage + "{\"format\":1,\"task_id\":\"b\",\"finished_at\":\"2026-11-20T01:02:03Z\"}\n");

        assertThat(run("ARCHIVE=" + folder, "UNTIL=2026-11-22")).isEqualTo(Main.DAMAGED);

        assertThat(ids()).containsExactly("b", id(1).value());
        assertThat(complaints()).contains("line 1:").doesNotContain("no json");
    }

    @Test
    void tellsOfCompressedBytesThatWereChanged() throws IOException {
        Path part = parts().getFirst();
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length - 6] ^= 1;
        Files.write(part, bytes);

        assertThat(run("ARCHIVE=" + folder)).isEqualTo(Main.DAMAGED);

        assertThat(complaints()).contains(part.getFileName().toString());
    }

    @Test
    void holdsNoLineThatIsTooLong() throws IOException {
        plain(
                "20",
                "{\"format\":1,\"task_id\":\"" + "a".repeat(300_000)
                        + "\"}\n{\"format\":1,\"task_id\":\"b\",\"finished_at\":\"2026-11-20T01:02:03Z\"}\n");
        Query all = Wanted.of(new String[] {"ARCHIVE=" + folder, "UNTIL=2026-11-20"}, Map.of())
                .query();
        PrintStream complain = new PrintStream(err, true, UTF_8);

        boolean intact = new ArchiveSearch(new FolderStorage(folder), all, out, complain::println, 200_000).run();

        assertThat(intact).isFalse();
        assertThat(ids()).containsExactly("b");
        assertThat(complaints()).contains("longer than 200000 bytes");
    }

    @Test
    void leavesWhatIsNotOfTheArchive() throws IOException {
        Files.createDirectories(folder.resolve("tasks/lost+found"));
        Files.createDirectories(folder.resolve("tasks/2026/13/01"));
        Files.createDirectories(folder.resolve("tasks/2026/02/31"));
        Files.writeString(folder.resolve("tasks/2026/11/22/README"), "mine");

        assertThat(found()).hasSize(3);
    }

    @Test
    void readsFromS3() {
        try (S3Server server = new S3Server()) {
            S3Location bucket = server.bucket("cold-tasks", "prod");
            write(new S3Storage(bucket, S3Server.KEYS), succeeded(id(7), NOON, "from afar"));
            Map<String, String> environment = Map.of(
                    "ARCHIVE_S3_ENDPOINT", server.url().toString(),
                    "ARCHIVE_S3_PATH_STYLE", "true",
                    "AWS_ACCESS_KEY_ID", S3Server.KEYS.accessKeyId(),
                    "AWS_SECRET_ACCESS_KEY", S3Server.KEYS.secretAccessKey());

            int status = run(environment, "ARCHIVE=s3://cold-tasks/prod", "TEXT=afar");

            assertThat(status).isZero();
            assertThat(ids()).containsExactly(id(7).value());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARCHIVE=|ARCHIVE is missing",
                "ARCHIVE=/no/such/folder|ARCHIVE is no folder",
                "ARCHIVE=s3://bucket/x|AWS_ACCESS_KEY_ID",
                "ARCHIVE=s3://B|a bucket is named",
                "ID=7|ID is not a task's id",
                "TENANT=No Body|a tenant is",
                "STATUS=running|STATUS is one of succeeded, failed, cancelled",
                "SINCE=yesterday|SINCE is a day like",
                "UNTIL=2026-13-01|UNTIL is a day like",
                "WHO=me|no such argument",
                "words|no such argument"
            })
    void saysWhatIsWrongWithAnArgument(String argument, String complaint) {
        String[] arguments =
                argument.startsWith("ARCHIVE") ? new String[] {argument} : new String[] {"ARCHIVE=" + folder, argument};

        assertThat(run(arguments)).isEqualTo(Main.MISUSED);

        assertThat(complaints()).contains(complaint).contains("usage: make archive-find");
    }

    @Test
    void saysThatATimeSpanIsEmpty() {
        assertThat(run("ARCHIVE=" + folder, "SINCE=2026-11-23", "UNTIL=2026-11-22"))
                .isEqualTo(Main.MISUSED);
    }

    @Test
    void saysThatItsOutputCannotBeWritten() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        int status = Main.run(new String[] {"ARCHIVE=" + folder}, Map.of(), full, new PrintStream(err, true, UTF_8));

        assertThat(status).isEqualTo(Main.UNREACHABLE);
        assertThat(complaints()).contains("No space left");
    }

    private List<String> found(String... arguments) {
        String[] all = Stream.concat(Stream.of("ARCHIVE=" + folder), Stream.of(arguments))
                .toArray(String[]::new);
        assertThat(run(all)).as(complaints()).isZero();
        return ids();
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        out.reset();
        return Main.run(arguments, environment, out, new PrintStream(err, true, UTF_8));
    }

    private List<String> ids() {
        return out.toString(UTF_8).lines().map(ArchiveFindTest::idOf).toList();
    }

    private static String idOf(String line) {
        try {
            return new ObjectMapper().readTree(line).path("task_id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String complaints() {
        return err.toString(UTF_8);
    }

    private void write(TaskHistory... tasks) {
        write(new FolderStorage(folder), tasks);
    }

    private void write(ArchiveStorage storage, TaskHistory... tasks) {
        TaskArchive archive = new TaskArchive(storage, () -> now, new Random(tasks.length));
        for (int shard = 0; shard < 2; shard++) {
            String prefix = "t" + shard + "-";
            TaskArchive.Batch batch = archive.batch(shard);
            Stream.of(tasks)
                    .filter(task -> task.task().id().value().startsWith(prefix))
                    .forEach(task -> batch.add(task, events()));
            batch.store();
        }
    }

    private void plain(String day, String lines) throws IOException {
        Path path = folder.resolve("tasks/2026/11/" + day + "/0-20261222T120000000Z-0000000000000001.jsonl");
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, lines);
    }

    private String lines(String day) {
        try (Stream<Path> all = Files.list(folder.resolve(day))) {
            Path part = all.findFirst().orElseThrow();
            try (var gzip = new java.util.zip.GZIPInputStream(Files.newInputStream(part))) {
                return new String(gzip.readAllBytes(), UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> parts() {
        try (Stream<Path> all = Files.walk(folder.resolve("tasks"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
