package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.Message.ToolMessage;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;

/** A conversation with the offline model, whose tools answer what a test says. */
record Talk(String answer, List<List<ToolCall>> rounds) {

    static final List<ToolSpec> TOOLS = Stream.of(
                    Contract.CALCULATOR,
                    Contract.DATE_TIME,
                    Contract.TEXT_STATISTICS,
                    Contract.HASH,
                    Contract.ENCODING,
                    Contract.HTTP_FETCH,
                    Contract.MEMORY_PUT,
                    Contract.MEMORY_GET,
                    Contract.MEMORY_SEARCH,
                    Contract.MEMORY_LIST,
                    Contract.MEMORY_DELETE)
            .map(Talk::tool)
            .toList();
    private static final int MAX_TURNS = 5;

    static ToolSpec tool(String name) {
        return new ToolSpec(
                name,
                "A tool.",
                JsonNodeFactory.instance.objectNode().put("type", "object"),
                SideEffects.READ_ONLY,
                Duration.ofSeconds(1),
                1_000);
    }

    /** @param tools what a call returns; nothing comes back for an empty list */
    static Talk about(String input, Function<ToolCall, List<ToolMessage>> tools) {
        OfflineModel model = new OfflineModel();
        List<Message> messages = new ArrayList<>(List.of(new Message.UserMessage(input)));
        List<List<ToolCall>> rounds = new ArrayList<>();
        for (int i = 0; i < MAX_TURNS; i++) {
            ModelEvent.Turn turn = turn(model, new Prompt("", messages, TOOLS));
            messages.add(new Message.ModelMessage(turn));
            switch (turn) {
                case ModelEvent.Answer answer -> {
                    return new Talk(answer.text(), rounds);
                }
                case ModelEvent.ToolCalls calls -> {
                    rounds.add(calls.calls());
                    calls.calls().forEach(call -> messages.addAll(tools.apply(call)));
                }
            }
        }
        throw new AssertionError("no answer after " + MAX_TURNS + " turns: " + input);
    }

    static ModelEvent.Turn turn(OfflineModel model, Prompt prompt) {
        return (ModelEvent.Turn) model.next(prompt).collect().last().await().atMost(Duration.ofSeconds(10));
    }

    static Function<ToolCall, List<ToolMessage>> answering(String text) {
        return call -> List.of(new ToolMessage(call.callId(), call.toolName(), text, false));
    }

    static Function<ToolCall, List<ToolMessage>> failing(String text) {
        return call -> List.of(new ToolMessage(call.callId(), call.toolName(), text, true));
    }
}
