package org.mcpagentic.mcp.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.McpError;

/** A cursor is good for the list and the caller that it was given for, and cannot be made. */
class CursorsTest {

    private static final Caller ADA = Callers.of("ada");

    private final Cursors cursors = new Cursors(AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));

    @Test
    void standsForItsPlace() {
        String cursor = cursors.close(ADA, "tools", "calculator");

        assertThat(cursors.open(ADA, "tools", Optional.of(cursor))).contains("calculator");
        assertThat(cursors.open(ADA, "tools", Optional.empty())).isEmpty();
    }

    @Test
    void isRefusedWhereItWasNotGiven() {
        String cursor = cursors.close(ADA, "tools", "calculator");

        refused(ADA, "prompts", cursor);
        refused(Callers.of("bob"), "tools", cursor);
        refused(ADA, "tools", cursor.substring(1));
        refused(ADA, "tools", "Y2FsY3VsYXRvcg");
        refused(ADA, "tools", "");
    }

    private void refused(Caller caller, String list, String cursor) {
        assertThatThrownBy(() -> cursors.open(caller, list, Optional.of(cursor)))
                .isInstanceOfSatisfying(
                        McpError.class, error -> assertThat(error.code()).isEqualTo(McpError.INVALID_PARAMS));
    }
}
