package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Usage;

class TurnInProgressTest {

    private final TurnInProgress turn = new TurnInProgress(new Failures("stub"));
    private final List<ModelEvent> events = new ArrayList<>();

    @Test
    void passesTextOnAsItComes() {
        turn.text("Hello", events::add);
        turn.text("", events::add);
        turn.text(" you", events::add);

        assertThat(events).containsExactly(new TextDelta("Hello"), new TextDelta(" you"));
        assertThat(end(false)).isEqualTo(new Answer("stub", "Hello you", Usage.NONE, Optional.empty()));
    }

    @Test
    void passesNoHalfOfASurrogatePairOn() {
        turn.text("a\uD83D", events::add);
        turn.text("\uDE00b\uDE00", events::add);
        turn.text("\uD83Dc\uD83D", events::add);

        Turn whole = end(false);

        assertThat(whole.text()).isEqualTo("a😀b\uFFFD\uFFFDc\uFFFD");
        assertThat(said()).isEqualTo(whole.text());
    }

    @Test
    void cutsTextAtItsBoundWithAMark() {
        turn.text("x".repeat(TurnInProgress.MOST_CHARS - 1), events::add);
        turn.text("😀y", events::add);
        turn.text("more", events::add);

        Turn whole = end(false);

        assertThat(whole.text())
                .startsWith("xxx")
                .endsWith("x\n\n[truncated: the answer had " + (TurnInProgress.MOST_CHARS + 6) + " characters]");
        assertThat(said()).isEqualTo(whole.text());
    }

    @Test
    void marksWhatTheModelHadToLeaveOff() {
        turn.text("Once upon a", events::add);

        assertThat(end(true).text()).isEqualTo("Once upon a\n\n[truncated: the model reached its output limit]");
    }

    @Test
    void cannotUseCallsThatTheModelHadToLeaveOff() {
        turn.call(Conversation.call("1", "t", "a", "b"));

        assertThatThrownBy(() -> end(true)).isInstanceOf(ModelException.class).hasMessageContaining("output limit");
    }

    @Test
    void cannotUseNothing() {
        turn.text(" \n", events::add);

        assertThatThrownBy(() -> end(false))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model \"stub\" returned nothing");
    }

    @Test
    void takesCallsWithoutText() {
        turn.call(Conversation.call("1", "t", "a", "b"));

        assertThat(end(false)).isInstanceOf(ToolCalls.class);
    }

    @Test
    void boundsItsCalls() {
        for (int i = 0; i < TurnInProgress.MOST_CALLS; i++) {
            turn.call(Conversation.call("c" + i, "t", "a", "b"));
        }

        assertThatThrownBy(() -> turn.call(Conversation.call("one more", "t", "a", "b")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("more than 64 calls");
    }

    private Turn end(boolean outOfRoom) {
        return turn.end("stub", outOfRoom, Usage.NONE, Optional.empty(), events::add);
    }

    private String said() {
        StringBuilder said = new StringBuilder();
        events.forEach(event -> said.append(((TextDelta) event).text()));
        return said.toString();
    }
}
