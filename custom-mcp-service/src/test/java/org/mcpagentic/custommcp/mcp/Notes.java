package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.testsupport.ScriptedModel;
import org.mcpagentic.testsupport.Until;

/** Tasks whose model wants notes posted, which takes a person; and what MCP clients say of them. */
final class Notes {

    static final Map<String, String> APPROVE = Map.of("decision", "approve");

    private Notes() {}

    static String unique(String text) {
        return text + " " + UUID.randomUUID();
    }

    /** The input of a task that posts these, all in one turn, and ends with "that is all". */
    static String posting(ScriptedModel model, String... texts) {
        String input = "post " + String.join(", ", texts);
        List<ToolCall> calls = new ArrayList<>();
        for (String text : texts) {
            calls.add(new ToolCall(
                    "c" + calls.size(),
                    PostNoteTool.NAME,
                    JsonNodeFactory.instance.objectNode().put("text", text)));
        }
        ModelEvent turn = new ToolCalls("offline", "", calls, new Usage(7, 3, 21), Optional.empty());
        model.play(input, before -> Multi.createFrom().item(before == 0 ? turn : ScriptedModel.answer("that is all")));
        return input;
    }

    /** The arguments of a task of that input. */
    static Map<String, ?> task(String input) {
        return Map.of("input", input, "tools", List.of(PostNoteTool.NAME));
    }

    /** The answer to each form that is open. */
    static Map<String, ?> toAll(JsonNode inputRequests, Map<String, ?> answer) {
        Map<String, Object> inputs = new HashMap<>();
        inputRequests.fieldNames().forEachRemaining(name -> inputs.put(name, answer));
        return inputs;
    }

    /** A form that was filled in. */
    static Map<String, ?> filledIn(Map<String, ?> content) {
        return Map.of("action", "accept", "content", content);
    }

    /** What the first key's tenant knows of a task. */
    static String status(String task) {
        return AccessOn.first().get("/task/{id}", task).path("status");
    }

    static void becomes(String task, String status) {
        Until.holds(
                "it is " + status, Duration.ofSeconds(10), () -> status(task).equals(status));
    }
}
