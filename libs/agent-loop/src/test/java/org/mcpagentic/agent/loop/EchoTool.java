package org.mcpagentic.agent.loop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;

/** A tool that returns its arguments, and remembers them. */
final class EchoTool implements Tool {

    private final ToolSpec spec;
    private final List<String> heard = new ArrayList<>();

    EchoTool(String name) {
        this.spec = new ToolSpec(
                name,
                "returns its arguments",
                JsonNodeFactory.instance.objectNode().put("type", "object"),
                SideEffects.READ_ONLY,
                Duration.ofSeconds(1),
                1_000);
    }

    /** The arguments of each call, as JSON. */
    List<String> heard() {
        return heard;
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        heard.add(arguments.toString());
        return Uni.createFrom().item(arguments.toString());
    }
}
