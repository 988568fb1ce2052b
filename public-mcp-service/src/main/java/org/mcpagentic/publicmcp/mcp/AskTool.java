package org.mcpagentic.publicmcp.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.content.Content;
import org.mcpagentic.mcp.tool.Refusals;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.publicmcp.ask.AskRequest;
import org.mcpagentic.publicmcp.ask.AskService;
import org.mcpagentic.publicmcp.ask.AskService.Part;
import org.mcpagentic.publicmcp.ask.ResponseDocument;

/** A direct question, as {@code POST /ask}. Progress counts the characters of the answer so far. */
@ApplicationScoped
class AskTool implements Tool {

    static final String NAME = "ask";

    private final AskService service;
    private final ObjectMapper json;
    private final Validator validator;
    private final ToolDefinition definition;

    AskTool(AskService service, ObjectMapper json, Validator validator) {
        this.service = service;
        this.json = json;
        this.validator = validator;
        this.definition = new ToolDefinition(
                NAME,
                "Ask a language model",
                "Puts one question to a language model and returns its answer. It knows nothing of earlier questions and has no tools.",
                schema("""
                        {"type": "object", "additionalProperties": false, "required": ["query"], "properties": {
                          "query": {"type": "string", "minLength": 1, "maxLength": 262144,
                            "description": "the question, with all that is needed to answer it"},
                          "model": {"type": "string", "minLength": 1, "maxLength": 64,
                            "description": "name of a model; the configured one without it"}}}"""),
                Optional.of(schema("""
                        {"type": "object", "required": ["response_id", "response", "model_used", "created_at", "response_time", "usage"],
                          "properties": {
                          "response_id": {"type": "string"},
                          "prompt": {"type": "string"},
                          "response": {"type": "string", "description": "the answer"},
                          "response_time": {"type": "number", "description": "seconds"},
                          "model_used": {"type": "string"},
                          "created_at": {"type": "string", "format": "date-time"},
                          "session_id": {"type": "string"},
                          "usage": {"type": "object", "required": ["input_tokens", "output_tokens", "cost_usd"], "properties": {
                            "input_tokens": {"type": "integer"}, "output_tokens": {"type": "integer"},
                            "cost_usd": {"type": "number"}}}}}""")),
                new ToolHints(true, false, false, true),
                List.of(),
                Optional.of(Scope.ASK),
                TaskSupport.NONE);
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Uni<ToolOutcome> call(ToolRequest request) {
        return Refusals.told(Uni.createFrom().deferred(() -> answer(request)));
    }

    private Uni<ToolOutcome> answer(ToolRequest request) {
        AskRequest question = question(request.arguments());
        Caller caller = request.caller();
        AtomicLong characters = new AtomicLong();
        return service.ask(caller, caller.bounds().charged(), Optional.empty(), question.model(), question.query())
                .chain(asked -> asked.parts()
                        .invoke(part -> {
                            if (part instanceof Part.Text(String text)) {
                                request.exchange()
                                        .progress()
                                        .report(
                                                (double) characters.addAndGet(text.length()),
                                                OptionalDouble.empty(),
                                                Optional.empty());
                            }
                        })
                        .filter(Part.Whole.class::isInstance)
                        .map(Part.Whole.class::cast)
                        .collect()
                        .last())
                .map(whole -> new ToolOutcome.Completed(new CallResult(
                        List.of(new Content.Text(whole.response().text())),
                        Optional.of(json.valueToTree(ResponseDocument.of(whole.response()))),
                        false)));
    }

    private AskRequest question(ObjectNode arguments) {
        try {
            AskRequest question = json.treeToValue(arguments, AskRequest.class);
            Set<ConstraintViolation<AskRequest>> violations = validator.validate(question);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
            return question;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("arguments that fit the schema can be read", e);
        }
    }

    private ObjectNode schema(String text) {
        try {
            return (ObjectNode) json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema of ours is JSON", e);
        }
    }
}
