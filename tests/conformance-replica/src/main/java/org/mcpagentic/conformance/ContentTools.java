package org.mcpagentic.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ClientLog;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.content.Content;
import org.mcpagentic.mcp.content.ResourceContents;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.mcp.tool.ToolSource;

/** Tools that answer with each kind of content, tell of progress, write log lines, and change lists. */
@ApplicationScoped
class ContentTools implements ToolSource {

    private static final Duration BREATH = Duration.ofMillis(50);

    private final Announcements announcements;
    private final List<Tool> tools;

    ContentTools(Announcements announcements) {
        this.announcements = announcements;
        tools = List.of(
                Fixture.of(
                        "test_simple_text", request -> ToolOutcome.text("This is a simple text response for testing.")),
                answering("test_image_content", new Content.Image(Samples.PNG, "image/png")),
                answering("test_audio_content", new Content.Audio(Samples.WAV, "audio/wav")),
                answering(
                        "test_embedded_resource",
                        new Content.Embedded(new ResourceContents.Text(
                                "test://embedded-resource",
                                Optional.of("text/plain"),
                                "This is an embedded resource content."))),
                answering(
                        "test_multiple_content_types",
                        new Content.Text("Multiple content types test:"),
                        new Content.Image(Samples.PNG, "image/png"),
                        new Content.Embedded(new ResourceContents.Text(
                                "test://mixed-content-resource",
                                Optional.of("application/json"),
                                "{\"test\":\"data\",\"value\":123}"))),
                Fixture.of(
                        "test_error_handling",
                        request -> ToolOutcome.error("This tool intentionally returns an error for testing")),
                Fixture.later("test_tool_with_logging", ContentTools::logging),
                Fixture.later("test_logging_tool", ContentTools::logging),
                Fixture.later("test_tool_with_progress", ContentTools::progressing),
                Fixture.of("json_schema_2020_12_tool", SCHEMA, request -> ToolOutcome.text("fits")),
                Fixture.of("test_x_mcp_header", HEADER_SCHEMA, request -> ToolOutcome.text("agrees")),
                Fixture.later("test_trigger_tool_change", request -> changing(request, "tools")),
                Fixture.later("test_trigger_prompt_change", request -> changing(request, "prompts")),
                Fixture.of(
                        "greet",
                        "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}}}",
                        request -> ToolOutcome.text(
                                "Hello, " + request.arguments().path("name").asText() + "!")));
    }

    @Override
    public Uni<List<Tool>> tools(Caller caller) {
        return Uni.createFrom().item(tools);
    }

    @Override
    public Multi<ListChange> changes(Caller caller) {
        return announcements.of(caller, "tools");
    }

    private Uni<ToolOutcome> changing(ToolRequest request, String list) {
        return announcements.announce(request.caller(), list).replaceWith(ToolOutcome.text("changed"));
    }

    private static Tool answering(String name, Content... content) {
        return Fixture.of(
                name, request -> new ToolOutcome.Completed(new CallResult(List.of(content), Optional.empty(), false)));
    }

    private static Uni<ToolOutcome> logging(ToolRequest request) {
        return line(request, "Tool execution started")
                .chain(() -> line(request, "Tool processing data"))
                .chain(() -> line(request, "Tool execution completed"))
                .replaceWith(ToolOutcome.text("three lines were written"));
    }

    private static Uni<Void> line(ToolRequest request, String text) {
        request.exchange().log().write(ClientLog.Level.INFO, "conformance", JsonNodeFactory.instance.textNode(text));
        return Uni.createFrom().voidItem().onItem().delayIt().by(BREATH);
    }

    private static Uni<ToolOutcome> progressing(ToolRequest request) {
        return step(request, 0)
                .chain(() -> step(request, 50))
                .chain(() -> step(request, 100))
                .replaceWith(ToolOutcome.text("three steps were made"));
    }

    private static Uni<Void> step(ToolRequest request, int done) {
        request.exchange().progress().report(done, OptionalDouble.of(100), Optional.empty());
        return Uni.createFrom().voidItem().onItem().delayIt().by(BREATH);
    }

    private static final String SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
              },
              "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
              },
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
              "then": {"required": ["phone"]},
              "else": {"required": ["email"]},
              "additionalProperties": false
            }
            """;

    private static final String HEADER_SCHEMA = """
            {
              "type": "object",
              "properties": {
                "region": {"type": "string", "x-mcp-header": "Region"},
                "count": {"type": "integer", "x-mcp-header": "Count"}
              },
              "required": ["region"]
            }
            """;
}
