package org.mcpagentic.models.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;

/** A conversation being put together. */
public final class Conversation {

    private final List<Message> messages = new ArrayList<>();
    private final List<ToolSpec> tools = new ArrayList<>();
    private String system = "";

    private Conversation() {}

    public static Conversation about(String input) {
        return new Conversation().user(input);
    }

    public Conversation user(String input) {
        messages.add(new Message.UserMessage(input));
        return this;
    }

    public Conversation under(String instruction) {
        system = instruction;
        return this;
    }

    public Conversation withTool(String name) {
        ObjectNode schema = schema();
        return withTool(name, schema);
    }

    public Conversation withTool(String name, ObjectNode schema) {
        tools.add(new ToolSpec(
                name, "What " + name + " does.", schema, SideEffects.READ_ONLY, Duration.ofSeconds(1), 1000));
        return this;
    }

    public Conversation then(Turn turn) {
        messages.add(new Message.ModelMessage(turn));
        return this;
    }

    /** A turn that another model took. */
    public Conversation thenElsewhere(String text, ToolCall... calls) {
        return then(new ToolCalls("elsewhere", text, List.of(calls), Usage.NONE, Optional.empty()));
    }

    public Conversation returned(String callId, String tool, String text) {
        messages.add(new Message.ToolMessage(callId, tool, text, false));
        return this;
    }

    public Conversation failed(String callId, String tool, String text) {
        messages.add(new Message.ToolMessage(callId, tool, text, true));
        return this;
    }

    public Prompt prompt() {
        return new Prompt(system, messages, tools);
    }

    public static ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject("expression").put("type", "string");
        return schema;
    }

    public static ToolCall call(String id, String tool, String argument, String value) {
        return new ToolCall(id, tool, JsonNodeFactory.instance.objectNode().put(argument, value));
    }
}
