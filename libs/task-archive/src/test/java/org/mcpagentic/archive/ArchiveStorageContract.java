package org.mcpagentic.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every place for an archive does. */
@Timeout(60)
public abstract class ArchiveStorageContract {

    /** An empty place, which can be used. */
    protected abstract ArchiveStorage storage();

    @Test
    void returnsWhatWasPut() throws IOException {
        ArchiveStorage storage = storage();
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);

        storage.put("tasks/2026/11/22/a.jsonl.gz", content);

        assertThat(read(storage, "tasks/2026/11/22/a.jsonl.gz")).isEqualTo(content);
    }

    @Test
    void listsWhatLiesInAFolderInOrder() {
        ArchiveStorage storage = storage();
        for (String path : new String[] {"tasks/2026/11/b", "tasks/2026/11/a", "tasks/2025/01/c", "tasks/2026/d"}) {
            storage.put(path, new byte[] {1});
        }

        assertThat(storage.folders("tasks")).containsExactly("2025", "2026");
        assertThat(storage.folders("tasks/2026")).containsExactly("11");
        assertThat(storage.files("tasks/2026")).containsExactly("d");
        assertThat(storage.files("tasks/2026/11")).containsExactly("a", "b");
        assertThat(storage.folders("")).containsExactly("tasks");
    }

    @Test
    void listsMoreThanAServerTellsAtOnce() {
        ArchiveStorage storage = storage();
        IntStream.range(0, 1100).forEach(i -> storage.put("tasks/2026/11/22/" + i, new byte[] {1}));

        assertThat(storage.files("tasks/2026/11/22")).hasSize(1100).isSorted();
    }

    @Test
    void isEmptyWhereNothingWasPut() {
        ArchiveStorage storage = storage();

        assertThat(storage.folders("tasks")).isEmpty();
        assertThat(storage.files("tasks/2026/11/22")).isEmpty();
    }

    @Test
    void leavesNoPartWhenChecked() {
        ArchiveStorage storage = storage();

        storage.check();

        assertThat(storage.folders("")).isEmpty();
    }

    @Test
    void failsToReadWhatIsNotThere() {
        ArchiveStorage storage = storage();

        assertThatThrownBy(() -> storage.open("tasks/2026/11/22/none").close()).isInstanceOf(ArchiveException.class);
    }

    @Test
    void keepsBytesAsTheyAre() throws IOException {
        ArchiveStorage storage = storage();

        storage.put("tasks/x", "{\"a\":\"é\"}\n".getBytes(StandardCharsets.UTF_8));
        storage.put("tasks/empty", new byte[0]);

        assertThat(read(storage, "tasks/x")).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":\"é\"}\n");
        assertThat(read(storage, "tasks/empty")).isEmpty();
    }

    private static byte[] read(ArchiveStorage storage, String path) throws IOException {
        try (InputStream stream = storage.open(path)) {
            return stream.readAllBytes();
        }
    }
}
