package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mcpagentic.agent.model.DataFrame;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.Message.ToolMessage;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;

/**
 * How far each wish has come, worked out anew from the conversation each time. The wish at place n is called as
 * {@code cn}, once; a repaired call as {@code cnr}, once: so every conversation ends.
 */
final class Plan {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Set<String> allowed;
    private final Map<String, ToolMessage> results = new HashMap<>();
    private final Set<String> called = new HashSet<>();

    private Plan(Prompt prompt, List<Message> turns) {
        this.allowed = prompt.tools().stream().map(ToolSpec::name).collect(Collectors.toSet());
        for (Message message : turns) {
            switch (message) {
                case ToolMessage result -> results.put(result.callId(), unframed(result));
                case Message.ModelMessage(ToolCalls calls) -> calls.calls().forEach(call -> called.add(call.callId()));
                case Message.ModelMessage _, Message.UserMessage _ -> {}
            }
        }
    }

    /**
     * The outcomes of the wishes, in their order.
     *
     * @param turns what was said and called since the request
     */
    static List<Outcome> outcomes(List<Intent> wishes, Prompt prompt, List<Message> turns) {
        Plan plan = new Plan(prompt, turns);
        List<Outcome> outcomes = new ArrayList<>();
        Map<Value.Kind, Integer> last = new EnumMap<>(Value.Kind.class);
        for (int i = 0; i < wishes.size(); i++) {
            Intent wish = wishes.get(i);
            Integer source = last.get(wish.continues());
            Optional<Value> earlier =
                    source == null ? Optional.empty() : value(wishes.get(source), outcomes.get(source));
            boolean waiting = source != null
                    && (outcomes.get(source) instanceof Outcome.Ready
                            || outcomes.get(source) instanceof Outcome.Waiting);
            outcomes.add(plan.outcome(wish, "c" + (i + 1), earlier, waiting));
            if (wish.yields() != Value.Kind.NONE) {
                last.put(wish.yields(), i);
            }
        }
        return outcomes;
    }

    private static Optional<Value> value(Intent wish, Outcome outcome) {
        return outcome instanceof Outcome.Done done ? wish.value(done.result()) : Optional.empty();
    }

    private Outcome outcome(Intent wish, String id, Optional<Value> earlier, boolean waiting) {
        if (!allowed.contains(wish.tool())) {
            return new Outcome.NotAllowed();
        }
        if (wish.continues() != Value.Kind.NONE && earlier.isEmpty()) {
            return waiting ? new Outcome.Waiting() : new Outcome.Blocked();
        }
        ObjectNode arguments = wish.arguments(earlier);
        ToolMessage first = results.get(id);
        if (first == null || !first.failed()) {
            return reached(wish, id, arguments, earlier, Optional.empty());
        }
        return Contract.repaired(arguments, first.text())
                .map(better ->
                        reached(wish, id + "r", better, earlier, Optional.of(Contract.correction(arguments, better))))
                .orElseGet(() -> new Outcome.Failed(first.text()));
    }

    private Outcome reached(
            Intent wish, String id, ObjectNode arguments, Optional<Value> earlier, Optional<String> corrected) {
        ToolMessage result = results.get(id);
        if (result == null) {
            return called.contains(id)
                    ? new Outcome.Failed("no result came back")
                    : new Outcome.Ready(new ToolCall(id, wish.tool(), arguments));
        }
        if (result.failed()) {
            return new Outcome.Failed(result.text());
        }
        return parsed(result.text())
                .filter(json ->
                        wish.needs().stream().noneMatch(field -> json.at(field).isMissingNode()))
                .<Outcome>map(json -> new Outcome.Done(json, earlier, corrected))
                .orElseGet(() -> new Outcome.Unexpected(result.text()));
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The result as the tool gave it: no text is an instruction here. */
    private static ToolMessage unframed(ToolMessage result) {
        return new ToolMessage(result.callId(), result.toolName(), DataFrame.contentOf(result.text()), result.failed());
    }
}
