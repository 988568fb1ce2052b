package org.mcpagentic.custommcp.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;

/** A tool whose every call changes something anew, in {@link OneSlot}, {@link Asking} and {@link AccessOn} alone. */
@Singleton
@IfBuildProperty(name = "tests.post-note", stringValue = "true")
public class PostNoteTool implements Tool {

    public static final String NAME = "post_note";

    private final AtomicInteger posted = new AtomicInteger();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final ToolSpec spec;

    PostNoteTool(ObjectMapper json) {
        ObjectNode schema = json.createObjectNode().put("type", "object");
        schema.putObject("properties").putObject("text").put("type", "string").put("maxLength", 100);
        this.spec =
                new ToolSpec(NAME, "Posts a note.", schema, SideEffects.NON_IDEMPOTENT, Duration.ofSeconds(5), 1_000);
    }

    /** How many notes there are. */
    public int posted() {
        return posted.get();
    }

    /** What they say, in order. */
    public List<String> texts() {
        return texts;
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        texts.add(arguments.path("text").asText());
        return Uni.createFrom().item(() -> "posted, number " + posted.incrementAndGet());
    }
}
