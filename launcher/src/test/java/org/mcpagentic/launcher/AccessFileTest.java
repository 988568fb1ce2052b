package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.access.token.Token;

class AccessFileTest {
    private final Path folder;

    AccessFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void givesTheServicesASecretAndAFirstKey() {
        AccessFile access = AccessFile.open(folder, Map.of());

        Map<String, String> given = access.forServices(access.newLink());

        assertThat(Base64.getDecoder().decode(given.getOrDefault("ACCESS_SECRET", "")))
                .hasSize(32);
        Token key = Token.parse(given.getOrDefault("ACCESS_FIRST_KEY", "")).orElseThrow();
        assertThat(given).containsEntry("DASHBOARD_SIGN_IN_LINK_KEY", "k0-" + key.id());
        assertThat(Token.parse(given.getOrDefault("DASHBOARD_SIGN_IN_LINK", ""))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Token.Kind.LINK);
    }

    @Test
    void showsTheFirstKeyOnce() throws IOException {
        String shown = AccessFile.open(folder, Map.of()).takeFirstKey().orElseThrow();

        AccessFile later = AccessFile.open(folder, Map.of());

        assertThat(later.takeFirstKey()).isEmpty();
        assertThat(later.forServices(later.newLink())).doesNotContainKey("ACCESS_FIRST_KEY");
        assertThat(Files.readString(folder.resolve("access"))).doesNotContain(shown);
    }

    @Test
    void keepsTheFirstKeyUntilItWasShown() {
        String made = AccessFile.open(folder, Map.of())
                .forServices(Token.random(Token.Kind.LINK, 0))
                .get("ACCESS_FIRST_KEY");

        String shown = AccessFile.open(folder, Map.of()).takeFirstKey().orElseThrow();

        assertThat(shown).isEqualTo(made);
    }

    @Test
    void takesAKeyThatIsGiven() {
        Token given = Token.random(Token.Kind.KEY, 0);
        Map<String, String> environment = Map.of("ACCESS_FIRST_KEY", given.text(), "ACCESS_SECRET", "c2VjcmV0");

        AccessFile access = AccessFile.open(folder, environment);

        assertThat(access.takeFirstKey()).isEmpty();
        assertThat(access.forServices(access.newLink()))
                .containsEntry("DASHBOARD_SIGN_IN_LINK_KEY", "k0-" + given.id())
                .containsEntry("ACCESS_SECRET", "c2VjcmV0")
                .doesNotContainKey("ACCESS_FIRST_KEY");
    }

    @Test
    void isReadByItsOwnerAlone() throws IOException {
        AccessFile.open(folder, Map.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("access"))))
                .isEqualTo("rw-------");
    }
}
