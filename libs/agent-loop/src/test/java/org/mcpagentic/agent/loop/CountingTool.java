package org.mcpagentic.agent.loop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;

/** A tool that does what the test says, and counts its calls by their keys. */
public final class CountingTool implements Tool {

    private final ToolSpec spec;
    private final Supplier<Uni<String>> behaviour;
    private final List<String> keys = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    public CountingTool(String name, SideEffects sideEffects, Supplier<Uni<String>> behaviour) {
        this(name, sideEffects, behaviour, 100);
    }

    public CountingTool(String name, SideEffects sideEffects, Supplier<Uni<String>> behaviour, int maxOutputChars) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        this.spec = new ToolSpec(name, "a tool for tests", schema, sideEffects, Duration.ofMillis(300), maxOutputChars);
        this.behaviour = behaviour;
    }

    public static CountingTool returning(String name, SideEffects sideEffects, String text) {
        return new CountingTool(name, sideEffects, () -> Uni.createFrom().item(text));
    }

    public List<String> keys() {
        return keys;
    }

    /** What it was called with, in order. */
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        keys.add(context.idempotencyKey());
        this.arguments.add(arguments.toString());
        return behaviour.get();
    }
}
