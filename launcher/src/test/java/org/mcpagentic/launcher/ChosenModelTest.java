package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChosenModelTest {
    private final ChosenModel model = new ChosenModel();
    private final List<String> lines = new ArrayList<>();

    @Test
    void isTheOneThatAServiceSpeaksOf() {
        model.heardIn(lines::add)
                .accept("10:00:00.000 INFO  [x] model chosen model=house fallback=none ready=house,offline");

        assertThat(model.shown(8000)).isEqualTo("house (http://localhost:8000/model lists all)");
    }

    @Test
    void isShownAsNoLanguageModelWhereItIsNone() {
        model.heardIn(lines::add).accept("model chosen model=offline fallback=none ready=offline");

        assertThat(model.shown(8000))
                .isEqualTo("offline (rules, no language model; GEMINI_API_KEY or MODEL chooses another)");
    }

    @Test
    void isLeftOpenWhereNoServiceSays() {
        assertThat(model.shown(8000)).isEqualTo("http://localhost:8000/model lists all");
    }

    @Test
    void passesEveryLineOn() {
        model.heardIn(lines::add).accept("anything");

        assertThat(lines).containsExactly("anything");
    }
}
