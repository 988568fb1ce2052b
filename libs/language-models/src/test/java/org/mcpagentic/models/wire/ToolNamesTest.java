package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.tool.ToolCall;

class ToolNamesTest {

    private static final NameRule WORDS =
            new NameRule(Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,9}"), Pattern.compile("[^a-zA-Z0-9_]"), 10);
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    @Test
    void keepNamesThatTheProviderTakes() {
        ToolNames names = names("calculator", "a_b");

        assertThat(names.theirs("calculator")).isEqualTo("calculator");
        assertThat(names.call("c", "a_b", NOTHING).toolName()).isEqualTo("a_b");
    }

    @Test
    void giveTheLegalNameToTheToolWhoseOwnItIs() {
        ToolNames names = names("a.b", "a-b", "a_b", "9");

        assertThat(List.of(names.theirs("a.b"), names.theirs("a-b"), names.theirs("a_b"), names.theirs("9")))
                .containsExactly("a_b_2", "a_b_3", "a_b", "_9");
        assertThat(names.call("c", "a_b_3", NOTHING).toolName()).isEqualTo("a-b");
    }

    @Test
    void leaveAToolThatThereIsNotItsName() {
        assertThat(names("a.b").call("c", "other", NOTHING)).isEqualTo(new ToolCall("c", "other", NOTHING));
    }

    @Test
    void makeACallOfNoNameOneThatTheModelCanRepair() {
        ToolNames names = names("a.b");

        ToolCall odd = names.call("c", "rm -rf /\u0000" + "x".repeat(1000), NOTHING);
        ToolCall none = names.call("c", "", NOTHING);

        assertThat(odd.toolName()).isEqualTo("rm__rf___x");
        assertThat(odd.flaw()).isPresent();
        assertThat(none.toolName()).isEqualTo("unnamed");
        assertThat(none.flaw()).isPresent();
    }

    @Test
    void coverWhatWasCalledBefore() {
        Conversation conversation = Conversation.about("hi")
                .withTool("new.tool")
                .thenElsewhere("", Conversation.call("1", "old:tool", "x", "y"));

        ToolNames names = ToolNames.of(conversation.prompt(), WORDS);

        assertThat(names.theirs("old:tool")).isEqualTo("old_tool");
    }

    @RepeatedTest(50)
    void areLegalAndLeadBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Set<String> tools = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            tools.add(name(random));
        }

        ToolNames names = names(tools.toArray(String[]::new));

        assertThat(tools).allSatisfy(tool -> {
            assertThat(names.theirs(tool)).matches(WORDS.legal());
            assertThat(names.call("c", names.theirs(tool), NOTHING).toolName()).isEqualTo(tool);
        });
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(14); i >= 0; i--) {
            name.append("ab0._-".charAt(random.nextInt(6)));
        }
        return name.toString();
    }

    private static ToolNames names(String... tools) {
        Conversation conversation = Conversation.about("hi");
        for (String tool : tools) {
            conversation.withTool(tool);
        }
        return ToolNames.of(conversation.prompt(), WORDS);
    }
}
