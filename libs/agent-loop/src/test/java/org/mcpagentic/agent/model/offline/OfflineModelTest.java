package org.mcpagentic.agent.model.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;

class OfflineModelTest {

    private final OfflineModel model = new OfflineModel();

    private static Prompt asking(String input) {
        return new Prompt("", List.of(new Message.UserMessage(input)), Talk.TOOLS);
    }

    @Test
    void streamsTheAnswerInPiecesAndThenTheTurn() {
        List<ModelEvent> events =
                model.next(asking("Hello")).collect().asList().await().indefinitely();

        String pieces = events.stream()
                .filter(ModelEvent.TextDelta.class::isInstance)
                .map(event -> ((ModelEvent.TextDelta) event).text())
                .collect(Collectors.joining());
        assertThat(events).hasSizeGreaterThan(10);
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        ModelEvent.Answer.class,
                        answer -> assertThat(answer.text()).isEqualTo(pieces));
    }

    @Test
    void stopsWhenItIsCancelled() {
        AssertSubscriber<ModelEvent> subscriber =
                model.next(asking("Hello")).subscribe().withSubscriber(AssertSubscriber.create(2));

        subscriber.cancel();
        subscriber.request(100);

        assertThat(subscriber.getItems()).hasSize(2);
    }

    @Test
    void estimatesItsUsageAndCostsNothing() {
        ModelEvent.Turn turn = Talk.turn(model, asking("1+1?"));

        assertThat(turn.usage()).isEqualTo(new Usage(1, 8, 0));
    }

    @Test
    void saysWhatItIsWhenItHasNoTools() {
        ModelEvent.Turn turn =
                Talk.turn(model, new Prompt("", List.of(new Message.UserMessage("Who wrote Faust?")), List.of()));

        assertThat(turn.text())
                .contains(
                        "offline rule-based model",
                        "\u201cWho wrote Faust\u201d",
                        "none of these tools is allowed",
                        "can connect a language model");
    }

    @Test
    void namesTheToolThatItMayNotCall() {
        ModelEvent.Turn turn = Talk.turn(
                model,
                new Prompt("", List.of(new Message.UserMessage("What is 6 times 7?")), List.of(Talk.tool("other"))));

        assertThat(turn.text())
                .isEqualTo("For \u201c6 times 7\u201d I need the tool `calculator`, which is not allowed here.");
    }

    @Test
    void answersTheLastOfSeveralRequests() {
        List<Message> messages = List.of(
                new Message.UserMessage("What is 1+1?"),
                new Message.ToolMessage("c1", "calculator", "{\"result\":\"2\",\"exact\":true}", false),
                new Message.UserMessage("What is 2+2?"));

        ModelEvent.Turn turn = Talk.turn(model, new Prompt("", messages, Talk.TOOLS));

        assertThat(turn)
                .isInstanceOfSatisfying(
                        ModelEvent.ToolCalls.class,
                        calls -> assertThat(calls.calls())
                                .extracting(ToolCall::callId)
                                .containsExactly("c1"));
    }

    @Test
    void reportsAFailureWithoutTryingAgain() {
        Talk talk = Talk.about("What is 1/0?", Talk.failing("division by zero has no result"));

        assertThat(talk.rounds()).hasSize(1);
        assertThat(talk.answer()).contains("division by zero has no result");
    }

    @Test
    void repairsACallOnceWhereTheFailureSaysHow() {
        Talk talk = Talk.about(
                "What time is it in Asia/Tokio?",
                Talk.failing("there is no time zone \"Asia/Tokio\"; did you mean Asia/Tokyo?"));

        assertThat(talk.rounds()).hasSize(2);
        assertThat(talk.rounds().getLast().getFirst().arguments().toString()).contains("Asia/Tokyo");
    }

    @Test
    void doesNotWaitForAResultThatNeverComes() {
        Talk talk = Talk.about("What is 1+1?", call -> List.of());

        assertThat(talk.answer()).contains("no result came back");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "nonsense",
                "{\"result\":{}}",
                "{\"result\":null,\"exact\":7}",
                "{\"result\":\"1e999999999\",\"exact\":false}",
                "{\"total\":{\"days\":1e999,\"seconds\":\"x\"},\"from\":1,\"to\":[],\"calendar\":{\"days\":true}}",
                "{\"date\":\"\",\"weekday\":1,\"leap_year\":0,\"time\":\"\"}",
                "{\"words\":\"many\",\"top_words\":3}"
            })
    void bearsResultsThatItDoesNotExpect(String result) {
        Talk talk = Talk.about(
                "What is 1+1, then times 2, how many days until 2027-03-01, is 2028 a leap year, and how many words has this sentence?",
                Talk.answering(result));

        assertThat(talk.answer()).isNotBlank();
    }

    @Test
    void quotesNothingThatMarkdownOrHtmlWouldTakeForItself() {
        Talk talk = Talk.about("Draw <img src=x onerror=alert(1)> *now*", Talk.answering("{}"));

        assertThat(talk.answer()).contains("`Draw <img src=x onerror=alert(1)> *now*`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fetch https://Example.org/a?b=1&c=2#d. | https://Example.org/a?b=1&c=2#d",
                "Please get the page at <https://example.org/(x)>! | https://example.org/(x",
                "What is on http://example.org? | http://example.org",
                "download \"https://example.org/a.b\" for me | https://example.org/a.b",
                "https://example.org/ | https://example.org/",
            })
    void fetchesThePageThatIsNamed(String input, String url) {
        Talk talk = Talk.about(input, Talk.answering("{\"status\":200,\"title\":\"Example\",\"text\":\"Hello\"}"));

        assertThat(talk.rounds()).hasSize(1);
        assertThat(talk.rounds().getFirst().getFirst().toolName()).isEqualTo("http_fetch");
        assertThat(talk.rounds().getFirst().getFirst().arguments().path("url").asText())
                .isEqualTo(url);
        assertThat(talk.answer()).contains("answered with status 200", "Example", "\n```\nHello\n```");
    }

    @Test
    void showsTheBeginningOfALongPageAndNothingOfItAsMarkdown() {
        String text = "```\\n" + "<b>*x*</b> ".repeat(1_000);

        Talk talk =
                Talk.about("fetch https://example.org", Talk.answering("{\"status\":404,\"text\":\"" + text + "\"}"));

        assertThat(talk.answer())
                .contains("answered with status 404; its text begins:\n````\n```\n<b>*x*</b>")
                .endsWith("\u2026\n````")
                .hasSizeLessThan(2_200);
    }

    @Test
    void goesOnWithAMemoryOnlyOnceItIsKept() {
        Talk talk = Talk.about("Remember that a is b. What do you remember?", Talk.failing("the memory is full"));

        assertThat(talk.rounds()).hasSize(1);
        assertThat(talk.answer())
                .contains("I could not do \u201cremembering a is b\u201d: the memory is full.")
                .contains("I could not go on with \u201cwhat I remember\u201d");
    }

    @Test
    void stopsAtSixteenWishes() {
        Talk talk = Talk.about("1+1, ".repeat(40), Talk.answering("{\"result\":\"2\",\"exact\":true}"));

        assertThat(talk.rounds().getFirst()).hasSize(16);
        assertThat(talk.answer()).contains("I stopped reading after 16 wishes");
    }
}
