package org.mcpagentic.localredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.localredis.LocalRedisException.Reason;

class RedisBinaryTest {

    private final Path folder;

    RedisBinaryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource({"Linux,amd64", "Linux,aarch64", "Linux,i386", "Mac OS X,aarch64", "Mac OS X,x86_64"})
    void isCarriedForTheUsualPlatforms(String system, String architecture) throws IOException {
        Path binary = new RedisBinary(system, architecture, "").provideIn(folder, false);

        assertThat(binary).isExecutable().hasParent(folder);
    }

    @Test
    void isTakenFromThePathWhereNoneIsCarried() throws IOException {
        Path installed = Files.createFile(folder.resolve("redis-server"));
        assertThat(installed.toFile().setExecutable(true)).isTrue();

        Path binary =
                new RedisBinary("Linux", "riscv64", "/nowhere:" + folder).provideIn(folder.resolve("scratch"), false);

        assertThat(binary).isEqualTo(installed);
    }

    @Test
    void isTakenFromThePathFirstWhereThatIsAskedFor() throws IOException {
        Path installed = Files.createFile(folder.resolve("redis-server"));
        assertThat(installed.toFile().setExecutable(true)).isTrue();
        RedisBinary linux = new RedisBinary("Linux", "amd64", "/nowhere:" + folder);

        assertThat(linux.provideIn(folder.resolve("scratch"), true)).isEqualTo(installed);
    }

    @Test
    void saysWhatToInstallWhereThereIsNone() {
        LocalRedisException refusal = catchThrowableOfType(
                LocalRedisException.class,
                () -> new RedisBinary("Linux", "riscv64", "/nowhere").provideIn(folder, false));

        assertThat(refusal.reason()).isEqualTo(Reason.NO_BINARY);
        assertThat(refusal).hasMessageContaining("riscv64").hasMessageContaining("install Redis 7.0 or later");
    }
}
