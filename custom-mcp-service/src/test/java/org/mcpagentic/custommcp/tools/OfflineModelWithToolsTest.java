package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.offline.OfflineModel;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolFailure;

/** The offline model and the real tools together: what one says, the other must understand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfflineModelWithToolsTest {

    private static final int MAX_TURNS = 5;

    private final OfflineModel model = new OfflineModel();
    private final Remembering remembering = Remembering.start(Map.of());
    private final Tool put = new MemoryPutTool(remembering.memory);
    private final List<Tool> all = List.of(
            new CalculatorTool(),
            new DateTimeTool(ToolCaller.CLOCK),
            new TextStatisticsTool(),
            new HashTool(),
            new EncodingTool(),
            put,
            new MemoryGetTool(remembering.memory),
            new MemorySearchTool(remembering.memory),
            new MemoryListTool(remembering.memory),
            new MemoryDeleteTool(remembering.memory));

    @BeforeEach
    void rememberTwoThings() {
        remembering.redis().command("FLUSHALL");
        ToolCaller.call(put, "{\"key\": \"my-dog\", \"value\": \"my dog is Rex\"}");
        ToolCaller.call(put, "{\"key\": \"user/phone\", \"value\": \"1234 5678\"}");
    }

    @AfterAll
    void stop() {
        remembering.close();
    }

    /** How a conversation went. */
    record Conversation(String answer, List<List<ToolCall>> rounds) {}

    private Conversation converse(String input, List<Tool> tools) {
        Map<String, Tool> byName =
                tools.stream().collect(Collectors.toMap(tool -> tool.spec().name(), Function.identity()));
        List<Message> messages = new ArrayList<>(List.of(new Message.UserMessage(input)));
        List<List<ToolCall>> rounds = new ArrayList<>();
        for (int i = 0; i < MAX_TURNS; i++) {
            Prompt prompt =
                    new Prompt("", messages, tools.stream().map(Tool::spec).toList());
            ModelEvent.Turn turn = (ModelEvent.Turn)
                    model.next(prompt).collect().last().await().atMost(Duration.ofSeconds(5));
            messages.add(new Message.ModelMessage(turn));
            switch (turn) {
                case ModelEvent.Answer answer -> {
                    return new Conversation(answer.text(), rounds);
                }
                case ModelEvent.ToolCalls calls -> {
                    rounds.add(calls.calls());
                    calls.calls().forEach(call -> messages.add(result(byName, call)));
                }
            }
        }
        throw new AssertionError("no answer after " + MAX_TURNS + " turns");
    }

    private static Message result(Map<String, Tool> tools, ToolCall call) {
        try {
            String text = ToolCaller.call(Objects.requireNonNull(tools.get(call.toolName())), call.arguments());
            return new Message.ToolMessage(call.callId(), call.toolName(), text, false);
        } catch (ToolFailure failure) {
            return new Message.ToolMessage(call.callId(), call.toolName(), String.valueOf(failure.getMessage()), true);
        }
    }

    /** Each line: how many calls in each round, the input, the facts that the answer must hold. */
    @ParameterizedTest
    @CsvFileSource(resources = "/offline-questions.csv", delimiter = '|', quoteCharacter = '\0')
    void answersQuestions(String rounds, String input, String facts) {
        Conversation conversation = converse(input.replace("\\n", "\n"), all);

        String calls = conversation.rounds().stream()
                .map(round -> String.valueOf(round.size()))
                .collect(Collectors.joining("+"));
        assertThat(conversation.answer()).contains(facts.replace("\\n", "\n").split(" ;; "));
        assertThat(calls.isEmpty() ? "0" : calls).isEqualTo(rounds);
    }

    @Test
    void callsAllThatIsIndependentInOneTurn() {
        Conversation conversation = converse(
                "What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?", all);

        assertThat(conversation.rounds()).hasSize(1);
        assertThat(conversation.rounds().getFirst())
                .extracting(
                        ToolCall::callId,
                        ToolCall::toolName,
                        call -> call.arguments().toString())
                .containsExactly(
                        tuple("c1", "calculator", "{\"expression\":\"17.5% * 2480\"}"),
                        tuple(
                                "c2",
                                "date_time",
                                "{\"operation\":\"difference\",\"from\":\"today\",\"to\":\"2027-03-01\"}"),
                        tuple(
                                "c3",
                                "text_statistics",
                                "{\"text\":\"What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?\"}"));
        assertThat(conversation.answer()).isEqualTo("""
                        - 17.5% of 2,480 is 434.
                        - From today (2026-11-22) until 2027-03-01 it is 99 days (3 months and 7 days).
                        - This sentence has 17 words.""");
    }

    @Test
    void namesTheToolThatTheTaskDoesNotAllow() {
        Conversation conversation =
                converse("12 times 12, and how many words are in 'a b c'?", List.of(new CalculatorTool()));

        assertThat(conversation.answer())
                .contains("12 times 12 is 144")
                .contains("`text_statistics`, which is not allowed here");
    }

    @Test
    void countsALongText() {
        String text = "lorem ipsum dolor. ".repeat(10_000);

        assertThat(converse("Count the words in: " + text, all).answer()).isEqualTo("The text has 30000 words.");
    }

    @Test
    void saysThatATextIsTooLong() {
        assertThat(converse("Count the words in: " + "a ".repeat(110_000), all).answer())
                .contains("219,999 characters, more than the 200,000");
    }
}
