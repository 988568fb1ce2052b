package org.mcpagentic.archive.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.archive.ArchiveException;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.archive.ArchiveStorageContract;

/** A folder as an archive. */
class FolderStorageTest extends ArchiveStorageContract {

    @TempDir
    private Path folder = Path.of("");

    @Override
    protected ArchiveStorage storage() {
        return new FolderStorage(folder);
    }

    @Test
    void letsOnlyItsOwnerRead() throws IOException {
        storage().put("tasks/2026/a", new byte[] {1});

        assertThat(permissions("tasks/2026/a")).isEqualTo("rw-------");
        assertThat(permissions("tasks/2026")).isEqualTo("rwx------");
        assertThat(permissions("tasks")).isEqualTo("rwx------");
    }

    @Test
    void leavesNothingBesideWhatItWrote() throws IOException {
        storage().put("a", new byte[] {1});
        storage().check();

        assertThat(names()).containsExactly("a");
    }

    @Test
    void doesNotShowWhatIsBeingWritten() throws IOException {
        Files.write(folder.resolve(".a.part"), new byte[] {1});

        assertThat(storage().files("")).isEmpty();
    }

    @Test
    void makesNoFolderWhereAVolumeIsMissing() {
        Path missing = folder.resolve("missing");
        ArchiveStorage storage = new FolderStorage(missing);

        assertThatThrownBy(storage::check)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> storage.put("tasks/a", new byte[] {1})).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> storage.folders("tasks")).isInstanceOf(ArchiveException.class);
        assertThat(missing).doesNotExist();
    }

    @Test
    void saysWhenItCannotBeWrittenTo() throws IOException {
        // why a file: root, as which tests may run, may write into any folder
        Files.write(folder.resolve("tasks"), new byte[] {1});

        assertThatThrownBy(() -> storage().put("tasks/2026/a", new byte[] {1}))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("cannot be written");
        assertThat(names()).containsExactly("tasks");
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> String.valueOf(each.getFileName())).toList();
        }
    }
}
