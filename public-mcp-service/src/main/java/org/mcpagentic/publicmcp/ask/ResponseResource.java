package org.mcpagentic.publicmcp.ask;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.access.Scope;
import org.mcpagentic.agent.loop.Step;
import org.mcpagentic.agent.loop.StepCodec;
import org.mcpagentic.agent.loop.StepIntent;
import org.mcpagentic.agent.loop.StepOutcome;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.QuestionLedger;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStore;

/** Kept responses: those of questions and those that are a task's model turns. */
@Path("/response/{id}")
@Tag(name = "questions")
public class ResponseResource {

    private final QuestionLedger ledger;
    private final TaskStore tasks;

    ResponseResource(QuestionLedger ledger, TaskStore tasks) {
        this.ledger = ledger;
        this.tasks = tasks;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getResponse", summary = "Returns a response")
    @APIResponseSchema(value = ResponseDocument.class, responseDescription = "the response")
    public Uni<ResponseDocument> get(@Context RoutingContext routing, @PathParam("id") String id) {
        if (!ResponseId.looksLike(id)) {
            throw ProblemException.notFound("response");
        }
        Caller caller = Caller.of(routing);
        ResponseId response = new ResponseId(id);
        caller.require(response.isOfTask() ? Scope.TASKS_READ : Scope.ASK);
        if (!response.isOfTask()) {
            return ledger.find(caller.tenant(), response).map(ResponseDocument::of);
        }
        int dot = id.indexOf('.');
        int step = Integer.parseInt(id.substring(dot + 1));
        return tasks.read(caller.tenant(), new TaskId(id.substring(0, dot))).map(history -> turn(history, step));
    }

    private static ResponseDocument turn(TaskHistory history, int number) {
        List<Step> steps = history.journal().stream().map(StepCodec::decode).toList();
        return steps.stream()
                .filter(step -> step.number() == number)
                .flatMap(step -> step
                        .outcome()
                        .filter(StepOutcome.TurnTaken.class::isInstance)
                        .map(StepOutcome.TurnTaken.class::cast)
                        .stream()
                        .map(taken -> ResponseDocument.of(
                                history.task(),
                                step,
                                taken.turn(),
                                ((StepIntent.ModelTurn) step.intent()).model(),
                                addedBefore(history, steps, number),
                                step.finishedAt().orElseThrow())))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("response"));
    }

    /** What the turn was given that the turn before was not: the input, or what its tool calls returned. */
    private static String addedBefore(TaskHistory history, List<Step> steps, int number) {
        int before = steps.stream()
                .filter(step -> step.number() < number && step.intent() instanceof StepIntent.ModelTurn)
                .mapToInt(Step::number)
                .max()
                .orElse(0);
        if (before == 0) {
            return history.task().spec().input();
        }
        return steps.stream()
                .filter(step -> step.number() > before && step.number() < number)
                .flatMap(step -> step.outcome().stream())
                .filter(StepOutcome.ToolReturned.class::isInstance)
                .map(outcome -> ((StepOutcome.ToolReturned) outcome).result().text())
                .collect(Collectors.joining("\n"));
    }
}
