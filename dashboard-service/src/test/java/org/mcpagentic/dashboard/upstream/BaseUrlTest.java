package org.mcpagentic.dashboard.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
    @Test
    void keepsAPathAndNoSlashAtItsEnd() {
        assertThat(BaseUrl.of(" http://tasks:8000/mcp/ ").at("/tool")).isEqualTo("http://tasks:8000/mcp/tool");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tasks:8000",
                "/tasks",
                "ftp://tasks",
                "http://",
                "http://a/?b=c",
                "http://u:p@a",
                "http://a b"
            })
    void refusesWhatIsNoBaseUrl(String setting) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.of(setting));
    }
}
