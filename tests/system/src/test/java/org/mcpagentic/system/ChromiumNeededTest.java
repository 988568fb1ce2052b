package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No test of the page is skipped where a browser can be had. */
class ChromiumNeededTest {

    @ParameterizedTest
    @CsvSource({
        "true, amd64, true",
        "false, amd64, true",
        "false, x86_64, true",
        "true, aarch64, true",
        "false, aarch64, false"
    })
    void isSkippedOnlyWithoutABrowserOnAProcessorThatMayHaveNone(boolean isThere, String architecture, boolean run) {
        assertThat(ChromiumNeeded.isRun(isThere, architecture)).isEqualTo(run);
    }
}
