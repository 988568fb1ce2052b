package org.mcpagentic.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Exchange;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.mcp.tool.ToolSource;

/** Tools that ask their client something. */
@ApplicationScoped
class InputTools implements ToolSource {

    private static final InputRequest NAME = new InputRequest.Form("What is your name?", form("name", "string"));
    private static final InputRequest CONFIRMATION = new InputRequest.Form("Please confirm", form("ok", "boolean"));

    private final List<Tool> tools = List.of(
            Fixture.of("test_sampling", required("prompt"), InputTools::sample),
            Fixture.of(
                    "test_elicitation",
                    required("message"),
                    request -> asked(
                            request,
                            "user",
                            new InputRequest.Form(
                                    request.arguments().path("message").asText(), Fixture.json(USER)),
                            answer -> "User response: action="
                                    + answer.path("action").asText() + ", content=" + answer.path("content"))),
            Fixture.of("test_elicitation_sep1034_defaults", request -> elicited(request, DEFAULTS)),
            Fixture.of("test_elicitation_sep1330_enums", request -> elicited(request, ENUMS)),
            Fixture.of(
                    "test_input_required_result_elicitation",
                    request -> asked(
                            request,
                            "user_name",
                            NAME,
                            answer -> "Hello, "
                                    + answer.path("content").path("name").asText() + "!")),
            Fixture.of(
                    "test_streaming_elicitation", request -> asked(request, "user_name", NAME, ObjectNode::toString)),
            Fixture.of(
                    "test_input_required_result_sampling",
                    request -> asked(
                            request,
                            "capital_question",
                            question("What is the capital of France?", 100),
                            answer -> answer.path("content").path("text").asText())),
            Fixture.of(
                    "test_input_required_result_list_roots",
                    request -> asked(
                            request,
                            "client_roots",
                            new InputRequest.Roots(),
                            answer -> "roots: " + answer.path("roots"))),
            Fixture.of("test_input_required_result_request_state", InputTools::confirmed),
            Fixture.of("test_input_required_result_tampered_state", InputTools::confirmed),
            Fixture.of("test_input_required_result_multiple_inputs", InputTools::several),
            Fixture.of("test_input_required_result_multi_round", InputTools::rounds),
            Fixture.of("test_input_required_result_capabilities", InputTools::withinCapabilities),
            Fixture.of(
                    "test_missing_capability",
                    request -> asked(request, "question", question("Are you there?", 10), ObjectNode::toString)));

    @Override
    public Uni<List<Tool>> tools(Caller caller) {
        return Uni.createFrom().item(tools);
    }

    private static ToolOutcome asked(
            ToolRequest request, String name, InputRequest question, Function<ObjectNode, String> text) {
        return request.exchange()
                .input(name)
                .map(answer -> ToolOutcome.text(text.apply(answer)))
                .orElseGet(() -> ToolOutcome.ask(name, question, Optional.empty()));
    }

    private static ToolOutcome sample(ToolRequest request) {
        return asked(
                request,
                "answer",
                question(request.arguments().path("prompt").asText(), 100),
                answer -> "LLM response: " + answer.path("content").path("text").asText());
    }

    private static ToolOutcome elicited(ToolRequest request, String schema) {
        return asked(
                request,
                "form",
                new InputRequest.Form("Please fill in the form", Fixture.json(schema)),
                answer -> "Elicitation completed: action="
                        + answer.path("action").asText() + ", content=" + answer.path("content"));
    }

    private static ToolOutcome confirmed(ToolRequest request) {
        Exchange exchange = request.exchange();
        boolean asked = exchange.state()
                .filter(state -> state.path("round").asInt() == 1)
                .isPresent();
        return asked && exchange.input("confirm").isPresent()
                ? ToolOutcome.text("state-ok")
                : ToolOutcome.ask("confirm", CONFIRMATION, Optional.of(round(1)));
    }

    private static ToolOutcome several(ToolRequest request) {
        SequencedMap<String, InputRequest> requests = new LinkedHashMap<>();
        requests.put("user_name", NAME);
        requests.put("greeting", question("Generate a greeting", 50));
        requests.put("client_roots", new InputRequest.Roots());
        return request.exchange().inputs().keySet().containsAll(requests.keySet())
                ? ToolOutcome.text("all there: " + request.exchange().inputs().keySet())
                : new ToolOutcome.InputRequired(new NeededInput(requests, Optional.of(round(1))));
    }

    private static ToolOutcome rounds(ToolRequest request) {
        int round = request.exchange()
                .state()
                .map(state -> state.path("round").asInt())
                .orElse(0);
        if (round == 1 && request.exchange().input("step1").isPresent()) {
            return ToolOutcome.ask(
                    "step2",
                    new InputRequest.Form("Step 2: What is your favorite color?", form("color", "string")),
                    Optional.of(round(2)));
        }
        if (round == 2 && request.exchange().input("step2").isPresent()) {
            return ToolOutcome.text("both steps are made");
        }
        return ToolOutcome.ask(
                "step1",
                new InputRequest.Form("Step 1: What is your name?", form("name", "string")),
                Optional.of(round(1)));
    }

    private static ToolOutcome withinCapabilities(ToolRequest request) {
        SequencedMap<String, InputRequest> requests = new LinkedHashMap<>();
        requests.put("greeting", question("Generate a greeting", 50));
        requests.put("user_name", NAME);
        requests.put("client_roots", new InputRequest.Roots());
        requests.values()
                .removeIf(question -> !question.isAnsweredBy(request.exchange().client()));
        return requests.isEmpty() || request.exchange().inputs().keySet().containsAll(requests.keySet())
                ? ToolOutcome.text("nothing more to ask")
                : new ToolOutcome.InputRequired(new NeededInput(requests, Optional.empty()));
    }

    static InputRequest.Sample question(String text, int maxTokens) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        ObjectNode message = params.putArray("messages").addObject().put("role", "user");
        message.putObject("content").put("type", "text").put("text", text);
        return new InputRequest.Sample(params.put("maxTokens", maxTokens));
    }

    /** A form of one field. */
    static ObjectNode form(String field, String type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject(field).put("type", type);
        schema.putArray("required").add(field);
        return schema;
    }

    private static ObjectNode round(int number) {
        return JsonNodeFactory.instance.objectNode().put("round", number);
    }

    private static String required(String argument) {
        return form(argument, "string").toString();
    }

    private static final String USER = """
            {
              "type": "object",
              "properties": {
                "username": {"type": "string", "description": "User's response"},
                "email": {"type": "string", "description": "User's email address"}
              },
              "required": ["username", "email"]
            }
            """;

    private static final String DEFAULTS = """
            {
              "type": "object",
              "properties": {
                "name": {"type": "string", "default": "John Doe"},
                "age": {"type": "integer", "default": 30},
                "score": {"type": "number", "default": 95.5},
                "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
                "verified": {"type": "boolean", "default": true}
              }
            }
            """;

    private static final String ENUMS = """
            {
              "type": "object",
              "properties": {
                "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
                "titledSingle": {
                  "type": "string",
                  "oneOf": [
                    {"const": "value1", "title": "First Option"},
                    {"const": "value2", "title": "Second Option"},
                    {"const": "value3", "title": "Third Option"}
                  ]
                },
                "legacyEnum": {
                  "type": "string",
                  "enum": ["opt1", "opt2", "opt3"],
                  "enumNames": ["Option One", "Option Two", "Option Three"]
                },
                "untitledMulti": {
                  "type": "array",
                  "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
                },
                "titledMulti": {
                  "type": "array",
                  "items": {
                    "anyOf": [
                      {"const": "value1", "title": "First Choice"},
                      {"const": "value2", "title": "Second Choice"},
                      {"const": "value3", "title": "Third Choice"}
                    ]
                  }
                }
              }
            }
            """;
}
