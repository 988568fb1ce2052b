package org.mcpagentic.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SabotageTest {

    @ParameterizedTest
    @EnumSource
    void saysSoWhereThereIsNothingToBreak(Sabotage sabotage) {
        assertThat(sabotage.changes())
                .isNotEmpty()
                .allSatisfy(change -> assertThatThrownBy(() -> change.in("-- another script\n"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(change.script()));
    }

    @ParameterizedTest
    @EnumSource
    void findsItsPlaceInTheScriptsAsTheyAre(Sabotage sabotage) throws IOException {
        Path scripts = Path.of("../../libs/task-store/src/main/resources/org/mcpagentic/store/redis/lua");
        for (Sabotage.Change change : sabotage.changes()) {
            String text = Files.readString(scripts.resolve(change.script()));

            assertThat(change.in(text)).isNotEqualTo(text);
        }
    }

    @Test
    void replacesNoMoreThanItNames() {
        Sabotage.Change change = Sabotage.RECLAIM.changes().getFirst();

        String changed = change.in("redis.call('ZRANGEBYSCORE', @{workers}, '-inf', now, 'LIMIT', 0, 8)");

        assertThat(changed).isEqualTo("redis.call('ZRANGEBYSCORE', @{workers}, '-inf', 0, 'LIMIT', 0, 8)");
    }
}
