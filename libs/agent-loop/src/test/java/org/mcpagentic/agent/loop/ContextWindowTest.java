package org.mcpagentic.agent.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.PromptSize;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;

class ContextWindowTest {

    private static final long WINDOW = 8_000;

    @Test
    void leavesAloneWhatFits() {
        Prompt prompt = conversation("result");

        ContextWindow.Fitted fitted = new ContextWindow(WINDOW).fit(prompt).orElseThrow();

        assertThat(fitted.prompt()).isSameAs(prompt);
        assertThat(fitted.leftOut()).isZero();
    }

    @Test
    void shortensTheOldestResultsFirstAndSaysSo() {
        Prompt prompt = conversation("a".repeat(15_000), "b".repeat(15_000));

        ContextWindow.Fitted fitted = new ContextWindow(WINDOW).fit(prompt).orElseThrow();

        assertThat(result(fitted, 0)).startsWith("aaa").endsWith("aaa").contains("[left out here", "14200 characters");
        assertThat(result(fitted, 1)).isEqualTo("b".repeat(15_000));
        assertThat(fitted.leftOut()).isBetween(14_000L, 14_200L);
    }

    @Test
    void takesFromTheLatestResultNoMoreThanItMust() {
        Prompt prompt = conversation("a".repeat(24_000));

        ContextWindow.Fitted fitted = new ContextWindow(WINDOW).fit(prompt).orElseThrow();

        assertThat(result(fitted, 0)).contains("[left out here").hasSizeBetween(16_000, 18_500);
    }

    @Test
    void findsNoWayWhereTheUsersOwnTextIsTooLong() {
        Prompt prompt = new Prompt("", List.of(new Message.UserMessage("x".repeat(30_000))), List.of());

        assertThat(new ContextWindow(WINDOW).fit(prompt)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverFitsAfterwardsHalvesNoCharacterAndKeepsTheOrder(long seed) {
        Random random = new Random(seed);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            results.add("\uD83D\uDE00é".repeat(random.nextInt(1, 3_000)));
        }
        Prompt prompt = conversation(results.toArray(String[]::new));

        Optional<ContextWindow.Fitted> fitted = new ContextWindow(3 * WINDOW).fit(prompt);

        assertThat(fitted).hasValueSatisfying(shorter -> {
            assertThat(PromptSize.estimate(shorter.prompt())).isLessThanOrEqualTo(3 * WINDOW);
            assertThat(shorter.prompt().messages()).hasSameSizeAs(prompt.messages());
            for (int i = 0; i < 12; i++) {
                String text = result(shorter, i);
                assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
            }
        });
    }

    private static String result(ContextWindow.Fitted fitted, int index) {
        return ((Message.ToolMessage) fitted.prompt().messages().get(2 + 2 * index)).text();
    }

    private static Prompt conversation(String... results) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.UserMessage("do it"));
        for (int i = 0; i < results.length; i++) {
            ToolCall call = new ToolCall("c" + i, "read", JsonNodeFactory.instance.objectNode());
            messages.add(new Message.ModelMessage(
                    new ModelEvent.ToolCalls("m", "", List.of(call), Usage.NONE, Optional.empty())));
            messages.add(new Message.ToolMessage("c" + i, "read", results[i], false));
        }
        return new Prompt("", messages, List.of());
    }
}
