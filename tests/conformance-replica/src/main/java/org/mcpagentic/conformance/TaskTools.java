package org.mcpagentic.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.mcp.tool.ToolSource;

/** Tools whose calls go on as tasks. */
@ApplicationScoped
class TaskTools implements ToolSource {

    private static final String SECONDS = """
            {
              "type": "object",
              "properties": {
                "seconds": {"type": "number", "minimum": 0, "maximum": 3600},
                "label": {"type": "string"}
              }
            }
            """;

    private static final String FILE = InputTools.form("filename", "string").toString();
    private static final String NOTHING = "{\"type\": \"object\"}";

    private final SuiteTasks tasks;
    private final List<Tool> tools = List.of(
            Fixture.later("slow_compute", SECONDS, TaskSupport.OPTIONAL, this::slow),
            Fixture.later(
                    "failing_job",
                    NOTHING,
                    TaskSupport.REQUIRED,
                    request -> begin(request, SuiteTasks.Kind.FAILING, Duration.ofSeconds(1), "")),
            Fixture.later(
                    "protocol_error_job",
                    NOTHING,
                    TaskSupport.OPTIONAL,
                    request -> begin(request, SuiteTasks.Kind.BROKEN, Duration.ofMillis(500), "")),
            Fixture.later(
                    "confirm_delete",
                    FILE,
                    TaskSupport.OPTIONAL,
                    request -> begin(
                            request,
                            SuiteTasks.Kind.CONFIRMING,
                            Duration.ZERO,
                            request.arguments().path("filename").asText())),
            Fixture.later(
                    "multi_input",
                    NOTHING,
                    TaskSupport.OPTIONAL,
                    request -> begin(request, SuiteTasks.Kind.ASKING_TWICE, Duration.ZERO, "")),
            Fixture.later("test_tool_with_task", NOTHING, TaskSupport.REQUIRED, this::named));

    TaskTools(SuiteTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Uni<List<Tool>> tools(Caller caller) {
        return Uni.createFrom().item(tools);
    }

    private Uni<ToolOutcome> slow(ToolRequest request) {
        Duration duration =
                Duration.ofMillis((long) (request.arguments().path("seconds").asDouble() * 1_000));
        return begin(
                request,
                SuiteTasks.Kind.COMPUTING,
                duration,
                request.arguments().path("label").asText());
    }

    private Uni<ToolOutcome> named(ToolRequest request) {
        return request.exchange()
                .input("user_name")
                .map(answer -> begin(
                        request,
                        SuiteTasks.Kind.COMPUTING,
                        Duration.ofMillis(200),
                        answer.path("content").path("name").asText()))
                .orElseGet(() -> Uni.createFrom()
                        .item(ToolOutcome.ask(
                                "user_name",
                                new InputRequest.Form("What is your name?", InputTools.form("name", "string")),
                                Optional.of(state()))));
    }

    private Uni<ToolOutcome> begin(ToolRequest request, SuiteTasks.Kind kind, Duration duration, String label) {
        if (!request.takesTask()) {
            return Uni.createFrom()
                    .item(ToolOutcome.text("done at once: " + label))
                    .onItem()
                    .delayIt()
                    .by(duration.plusMillis(1));
        }
        return tasks.begin(request.caller(), kind, duration, label).map(ToolOutcome.TaskStarted::new);
    }

    private static ObjectNode state() {
        return JsonNodeFactory.instance.objectNode().put("asked", true);
    }
}
