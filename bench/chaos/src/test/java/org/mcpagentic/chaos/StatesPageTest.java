package org.mcpagentic.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatesPageTest {

    @Test
    void readsWhereEachStatusMayLead() throws IOException {
        var moves = StatesPage.moves(ShortSeedTest.CHECKOUT);

        assertThat(moves.get("created")).contains("queued", "cancelled").doesNotContain("running");
        assertThat(moves.get("running")).contains("succeeded", "failed", "retrying", "waiting", "queued");
        assertThat(moves).doesNotContainKeys("succeeded", "failed", "cancelled");
    }

    @Test
    void refusesAPageWithoutTheTable() {
        assertThatThrownBy(() -> StatesPage.moves("# Task states\n")).isInstanceOf(IllegalStateException.class);
    }
}
