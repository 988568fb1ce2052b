package org.mcpagentic.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How parts are named. */
class PartNameTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    @Test
    void isFoundByDayAndReadAgain() {
        PartName part = new PartName(DAY, 17, Instant.parse("2026-02-03T04:05:06.789Z"), -1, true);

        String path = part.path();

        assertThat(path).isEqualTo("tasks/2026/01/02/17-20260203T040506789Z-ffffffffffffffff.jsonl.gz");
        assertThat(PartName.parse(DAY, path.substring(path.lastIndexOf('/') + 1)))
                .contains(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                ".0-20260203T040506789Z-ffffffffffffffff.jsonl.gz.part",
                "0-20261303T040506789Z-ffffffffffffffff.jsonl",
                "0-20260203T040506789Z-ffffffffffffffff.jsonl.zst"
            })
    void leavesWhatIsNoPart(String file) {
        assertThat(PartName.parse(DAY, file)).isEmpty();
    }
}
