package org.mcpagentic.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskScriptTest {

    private static final TaskScript SCRIPT = new TaskScript(
            "L1",
            Turn.append(Duration.ofMillis(50), Duration.ofSeconds(2)).afterRefusals(2),
            Turn.put(Duration.ZERO, Duration.ofMillis(1)),
            Turn.answer(Duration.ofSeconds(6)).quickAgain());

    @Test
    void travelsAsATasksInput() {
        assertThat(TaskScript.parse(SCRIPT.input())).contains(SCRIPT);
    }

    @Test
    void isNotFoundInOtherInputs() {
        assertThat(TaskScript.parse("What is 17.5% of 2,480?")).isEmpty();
    }

    @Test
    void answersAgainWhereMoreTurnsAreAskedForThanItHas() {
        assertThat(SCRIPT.turn(7)).isEqualTo(SCRIPT.turns().getLast());
    }

    @Test
    void refusesToEndWithACall() {
        assertThatThrownBy(() -> new TaskScript("L1", Turn.put(Duration.ZERO, Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
