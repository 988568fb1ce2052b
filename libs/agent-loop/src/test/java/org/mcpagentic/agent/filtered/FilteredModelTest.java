package org.mcpagentic.agent.filtered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.loop.ScriptedModel;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.Thinking;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;

class FilteredModelTest {

    private static final String SECRET = "canary-1234";
    private static final Usage USAGE = new Usage(10, 5, 0);
    private static final Prompt PROMPT = new Prompt("", List.of(new Message.UserMessage("go")), List.of());

    @Test
    void hidesWhatAnAnswerHoldsAsItComesAndAsAWhole() {
        List<ModelEvent> events = events(
                new TextDelta("it is can"),
                new Thinking(),
                new TextDelta("ary-1234!"),
                new Answer("m", "it is canary-1234!", USAGE, Optional.of("{\"said\":\"it is canary-1234!\"}")));

        assertThat(events)
                .containsExactly(
                        new Thinking(),
                        new TextDelta("it is [hidden]!"),
                        new Answer("m", "it is [hidden]!", USAGE, Optional.empty()));
    }

    @Test
    void leavesATurnWithoutSecretsAsItIs() {
        ToolCalls turn = calls("calculator", arguments("1 + 1"), Optional.of("{\"thought\":1}"));

        List<ModelEvent> events = events(turn);

        assertThat(events).containsExactly(turn);
    }

    @Test
    void hidesWhatACallHoldsWhereverItStands() {
        ObjectNode arguments = arguments("see " + SECRET);
        arguments.putArray("list").add(SECRET).addObject().put(SECRET, 7).putNull("none");

        List<ModelEvent> events = events(new ToolCalls(
                "m",
                "",
                List.of(
                        new ToolCall(SECRET, SECRET, arguments, Optional.of("near " + SECRET)),
                        new ToolCall("c" + SECRET, "other", arguments(SECRET))),
                USAGE,
                Optional.of("{}")));

        ToolCalls filtered = (ToolCalls) events.getFirst();
        assertThat(filtered.toString()).doesNotContain(SECRET);
        assertThat(filtered.calls().getFirst().arguments())
                .hasToString("{\"text\":\"see [hidden]\",\"list\":[\"[hidden]\",{\"[hidden]\":7,\"none\":null}]}");
        assertThat(filtered.calls()).extracting(ToolCall::callId).doesNotHaveDuplicates();
        assertThat(filtered.providerState()).isEmpty();
    }

    @Test
    void hidesANumberThatIsASecret() {
        ObjectNode arguments =
                JsonNodeFactory.instance.objectNode().put("n", 12345678).put("m", 1);

        List<ModelEvent> events = events(new Hiding("12345678"), calls("t", arguments, Optional.empty()));

        assertThat(((ToolCalls) events.getFirst()).calls().getFirst().arguments())
                .hasToString("{\"n\":\"[hidden]\",\"m\":1}");
    }

    @Test
    void dropsWhatTheProviderWantsBackWhereThatAloneHoldsASecret() {
        List<ModelEvent> events = events(calls("t", arguments("x"), Optional.of("{\"thought\":\"" + SECRET + "\"}")));

        assertThat(((ToolCalls) events.getFirst()).providerState()).isEmpty();
    }

    @Test
    void hidesWhatAFailureSaysAndKeepsTheRestOfIt() {
        ModelException failure = new ModelException(
                        ModelException.Kind.RATE_LIMITED, "not with " + SECRET, Optional.of(Duration.ofSeconds(7)))
                .after(USAGE);
        FilteredModel model = new FilteredModel(
                new ScriptedModel().then(() -> Multi.createFrom().failure(failure)), new Hiding(SECRET));

        ModelException told = catchThrowableOfType(ModelException.class, () -> all(model));

        assertThat(told).hasMessage("not with [hidden]");
        assertThat(told.kind()).isEqualTo(ModelException.Kind.RATE_LIMITED);
        assertThat(told.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(told.usage()).isEqualTo(USAGE);
    }

    private static List<ModelEvent> events(ModelEvent... said) {
        return events(new Hiding(SECRET), said);
    }

    private static List<ModelEvent> events(OutputFilter filter, ModelEvent... said) {
        return all(new FilteredModel(
                new ScriptedModel().then(() -> Multi.createFrom().items(said)), filter));
    }

    private static List<ModelEvent> all(FilteredModel model) {
        return model.next(PROMPT).collect().asList().await().atMost(Duration.ofSeconds(5));
    }

    private static ToolCalls calls(String tool, ObjectNode arguments, Optional<String> state) {
        return new ToolCalls("m", "", List.of(new ToolCall("c0", tool, arguments)), USAGE, state);
    }

    private static ObjectNode arguments(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }
}
