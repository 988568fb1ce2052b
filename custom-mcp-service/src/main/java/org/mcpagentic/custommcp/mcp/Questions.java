package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.mcpagentic.access.Scope;
import org.mcpagentic.agent.loop.Step;
import org.mcpagentic.agent.loop.StepCodec;
import org.mcpagentic.agent.loop.StepDecision;
import org.mcpagentic.agent.loop.StepIntent;
import org.mcpagentic.custommcp.approvals.Approvals;
import org.mcpagentic.custommcp.approvals.Decision;
import org.mcpagentic.custommcp.tasks.TaskService;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskStatus;

/**
 * What a waiting task asks a person, as forms that an MCP client shows: calls to be approved, and calls that a lost worker left
 * behind. What comes back is untrusted.
 */
@ApplicationScoped
class Questions {

    /** Most characters of a form's field that holds arguments: one that holds more is not offered to be edited. */
    private static final int MOST_EDITABLE = 8_000;

    private static final int MOST_REASON = 2_000;

    private final Approvals approvals;
    private final TaskService tasks;
    private final ObjectMapper json;

    Questions(Approvals approvals, TaskService tasks, ObjectMapper json) {
        this.approvals = approvals;
        this.tasks = tasks;
        this.json = json;
    }

    /** Every question that is open, by names that are used once in the task's life. */
    SequencedMap<String, InputRequest> open(TaskHistory history) {
        SequencedMap<String, InputRequest> open = new LinkedHashMap<>();
        pending(history).forEach(approval -> open.put(approval.id().value(), form(history, approval)));
        lost(history).forEach(step -> open.put(name(step), form(history, step)));
        return open;
    }

    /**
     * Takes what a person answered. What is not asked, or not any more, is left; a form that was closed stays open.
     *
     * @return whether anything was decided, once all is written down; fails with {@link McpError} where an answer cannot be
     *     understood, with {@link InsufficientScope} where the caller may not decide
     */
    Uni<Boolean> answered(Caller caller, TaskHistory history, Map<String, ObjectNode> inputs) {
        List<Uni<Void>> decisions = new ArrayList<>();
        for (Approval approval : pending(history)) {
            Optional.ofNullable(inputs.get(approval.id().value()))
                    .flatMap(answer -> decision(approval, answer))
                    .ifPresent(decision -> {
                        InsufficientScope.refuseWithout(Scope.APPROVALS_DECIDE, caller);
                        decisions.add(Uni.createFrom()
                                .deferred(() -> approvals.decide(caller, approval.id(), decision))
                                .replaceWithVoid()
                                .onFailure(Questions::isOver)
                                .recoverWithNull());
                    });
        }
        for (Step step : lost(history)) {
            Optional.ofNullable(inputs.get(name(step)))
                    .flatMap(Questions::decision)
                    .ifPresent(decision -> {
                        InsufficientScope.refuseWithout(Scope.TASKS_WRITE, caller);
                        // why random: the same answer again finds the step decided, and is left
                        String nonce = UUID.randomUUID().toString();
                        decisions.add(Uni.createFrom()
                                .deferred(() ->
                                        tasks.resolve(caller, history.task().id(), step.number(), nonce, decision))
                                .replaceWithVoid()
                                .onFailure(Questions::isOver)
                                .recoverWithNull());
                    });
        }
        return decisions.isEmpty()
                ? Uni.createFrom().item(false)
                : Uni.join().all(decisions).usingConcurrencyOf(1).andFailFast().replaceWith(true);
    }

    /** Whether somebody else was faster: what is not asked any more is left. */
    private static boolean isOver(Throwable failure) {
        return failure instanceof StoreException refusal
                && Set.of(Code.APPROVAL_DECIDED, Code.APPROVAL_CHANGED, Code.STEP_SETTLED, Code.ILLEGAL_TRANSITION)
                        .contains(refusal.code());
    }

    /** Whether the caller may answer everything that is open. */
    boolean mayDecide(Caller caller, TaskHistory history) {
        return (pending(history).isEmpty() || caller.rights().allow(Scope.APPROVALS_DECIDE))
                && (lost(history).isEmpty() || caller.rights().allow(Scope.TASKS_WRITE));
    }

    private static List<Approval> pending(TaskHistory history) {
        return history.task().status() == TaskStatus.WAITING
                ? history.approvals().stream().filter(Approval::isPending).toList()
                : List.of();
    }

    /** Calls of which nobody knows what came; none where the task waits for approvals, whose calls were not begun. */
    private static List<Step> lost(TaskHistory history) {
        if (history.task().status() != TaskStatus.WAITING || !pending(history).isEmpty()) {
            return List.of();
        }
        return history.journal().stream()
                .map(StepCodec::decode)
                .filter(step -> step.intent() instanceof StepIntent.ToolExecution
                        && step.outcome().isEmpty())
                .toList();
    }

    private static String name(Step step) {
        return "step-" + step.number() + "-attempt-" + step.attempt();
    }

    private static InputRequest form(TaskHistory history, Approval approval) {
        String arguments = approval.arguments().json();
        ObjectNode schema = Schemas.schema("""
                {"type": "object", "required": ["decision"], "properties": {
                  "decision": {"type": "string", "title": "Decision", "enum": ["approve", "refuse"]},
                  "reason": {"type": "string", "title": "Reason", "description": "what the model reads where you refuse",
                    "maxLength": 2000}}}""");
        if (arguments.length() <= MOST_EDITABLE) {
            schema.withObjectProperty("properties")
                    .putObject("arguments")
                    .put("type", "string")
                    .put("title", "Arguments")
                    .put("description", "JSON; the call is made with what stands here")
                    .put("default", arguments);
        }
        return new InputRequest.Form(
                "Task " + history.task().id() + " wants to call " + approval.toolName() + " (" + approval.sideEffects()
                        + ") with these arguments. It waits until " + approval.expiresAt() + ".\n" + arguments,
                schema);
    }

    private static InputRequest form(TaskHistory history, Step step) {
        StepIntent.ToolExecution execution = (StepIntent.ToolExecution) step.intent();
        return new InputRequest.Form(
                "Task " + history.task().id() + " lost its worker during a call of "
                        + execution.call().toolName()
                        + ". Nobody knows whether the call took effect. It was made with these arguments:\n"
                        + execution.call().arguments(),
                Schemas.schema("""
                        {"type": "object", "required": ["action"], "properties": {
                          "action": {"type": "string", "title": "What to do", "enum": ["repeat", "skip", "given"],
                            "description": "repeat: call again; skip: go on without a result; given: go on with the result below"},
                          "result": {"type": "string", "title": "Result", "description": "what the call came to"}}}"""));
    }

    private Optional<Decision> decision(Approval approval, ObjectNode answer) {
        return switch (answer.path("action").asText()) {
            case "accept" -> Optional.of(accepted(approval, answer.path("content")));
            case "decline" -> Optional.of(new Decision.Refuse("the person declined"));
            case "cancel" -> Optional.empty();
            default -> throw McpError.invalidParams("an answer's action is accept, decline or cancel");
        };
    }

    private Decision accepted(Approval approval, JsonNode content) {
        return switch (content.path("decision").asText()) {
            case "approve" -> approved(approval, content.path("arguments"));
            case "refuse" -> {
                String reason = content.path("reason").asText("");
                if (reason.length() > MOST_REASON) {
                    throw McpError.invalidParams("a reason has at most " + MOST_REASON + " characters");
                }
                yield new Decision.Refuse(reason);
            }
            default -> throw McpError.invalidParams("a decision is approve or refuse");
        };
    }

    private Decision approved(Approval approval, JsonNode arguments) {
        if (!arguments.isTextual()
                || arguments.asText().equals(approval.arguments().json())) {
            return new Decision.Approve(Optional.of(approval.arguments().digest()));
        }
        try {
            if (json.readTree(arguments.asText()) instanceof ObjectNode edited) {
                return edited.equals(json.readTree(approval.arguments().json()))
                        ? new Decision.Approve(Optional.of(approval.arguments().digest()))
                        : new Decision.Edit(edited, approval.revision());
            }
        } catch (JsonProcessingException e) {
            // falls through: what cannot be read is no object either
        }
        throw McpError.invalidParams("edited arguments are a JSON object");
    }

    private static Optional<StepDecision> decision(ObjectNode answer) {
        JsonNode content = answer.path("content");
        return switch (answer.path("action").asText()) {
            case "accept" ->
                Optional.of(
                        switch (content.path("action").asText()) {
                            case "repeat" -> new StepDecision.Repeat();
                            case "skip" -> new StepDecision.Skip();
                            case "given" -> given(content.path("result").asText(""));
                            default -> throw McpError.invalidParams("what to do is repeat, skip or given");
                        });
            case "decline", "cancel" -> Optional.empty();
            default -> throw McpError.invalidParams("an answer's action is accept, decline or cancel");
        };
    }

    private static StepDecision given(String result) {
        if (!StepDecision.Given.fits(result)) {
            throw McpError.invalidParams("the result is larger than a journal keeps");
        }
        return new StepDecision.Given(result);
    }
}
