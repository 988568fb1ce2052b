package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallIdsTest {

    @Test
    void keepWhatTheProviderGave() {
        assertThat(ids().take(Optional.of("toolu_01.a:b|c-d"))).isEqualTo("toolu_01.a:b|c-d");
    }

    @Test
    void areMadeUpWhereThereIsNoneThatWillDo() {
        CallIds ids = ids();

        assertThat(ids.take(Optional.empty())).isEqualTo("call_1");
        assertThat(ids.take(Optional.of("white space"))).isEqualTo("call_2");
        assertThat(ids.take(Optional.of("x".repeat(65)))).isEqualTo("call_3");
    }

    @Test
    void areNeverTwiceInAConversation() {
        Conversation before = Conversation.about("hi")
                .thenElsewhere(
                        "", Conversation.call("call_1", "t", "a", "b"), Conversation.call("call_3", "t", "a", "b"));

        CallIds ids = CallIds.after(before.prompt());

        assertThat(ids.take(Optional.of("call_1"))).isEqualTo("call_2");
        assertThat(ids.take(Optional.empty())).isEqualTo("call_4");
        assertThat(ids.take(Optional.of("same"))).isEqualTo("same");
        assertThat(ids.take(Optional.of("same"))).isEqualTo("call_5");
    }

    private static CallIds ids() {
        return CallIds.after(Conversation.about("hi").prompt());
    }
}
