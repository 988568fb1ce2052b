package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.FreePort;

class PreflightTest {
    private final Path checkout;
    private final Map<String, String> environment = new HashMap<>(LauncherProcess.freePorts());

    PreflightTest(@TempDir Path checkout) {
        this.checkout = checkout;
    }

    @Test
    void findsNothingWhereAllIsWell() throws Exception {
        FakeService.installIn(checkout);

        assertThat(hindrances()).isEmpty();
    }

    @Test
    void findsEveryServiceThatIsNotBuilt() throws Exception {
        List<String> hindrances = hindrances();

        assertThat(hindrances).hasSize(3).allMatch(line -> line.endsWith("run `make build`"));
    }

    @Test
    void findsADataFolderThatCannotBeWritten() throws Exception {
        FakeService.installIn(checkout);
        Files.createFile(checkout.resolve("file"));
        environment.put("DATA_DIR", "file/data");

        List<String> hindrances = hindrances();

        assertThat(hindrances)
                .singleElement()
                .asString()
                .contains("cannot be written")
                .endsWith("or set DATA_DIR");
    }

    @Test
    void findsAnOutsideRedisThatDoesNotAnswer() throws Exception {
        FakeService.installIn(checkout);
        int port = FreePort.any();
        environment.put("REDIS_URL", "redis://user:secret@127.0.0.1:" + port);

        List<String> hindrances = hindrances();

        assertThat(hindrances)
                .singleElement()
                .asString()
                .startsWith("no Redis answers on 127.0.0.1:" + port)
                .endsWith("or change or unset REDIS_URL")
                .doesNotContain("secret");
    }

    private List<String> hindrances() throws Settings.InvalidException {
        Settings settings = Settings.from(environment, checkout);
        return Preflight.hindrances(settings, Service.all(settings, checkout));
    }
}
