package org.mcpagentic.mcp.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Completion;
import org.mcpagentic.mcp.CompletionRequest;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.McpConfig;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.Page;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.prompt.Prompt;
import org.mcpagentic.mcp.prompt.PromptArgument;
import org.mcpagentic.mcp.prompt.PromptOutcome;
import org.mcpagentic.mcp.prompt.PromptRequest;
import org.mcpagentic.mcp.registry.Registry;
import org.mcpagentic.mcp.resource.ResourceOutcome;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.seal.Cursors;
import org.mcpagentic.mcp.task.TaskDesk;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.mcp.wire.Offers;
import org.mcpagentic.mcp.wire.Results;

/** Answers the methods that mean the same in all revisions. */
@ApplicationScoped
public class Dispatcher {

    private final Registry registry;
    private final Cursors cursors;
    private final ArgumentCheck arguments;
    private final int pageSize;

    Dispatcher(Registry registry, Cursors cursors, ArgumentCheck arguments, McpConfig config) {
        this.registry = registry;
        this.cursors = cursors;
        this.arguments = arguments;
        this.pageSize = config.pageSize();
    }

    /** Whether the service has what a method is about; without, it is as unknown as one that there never was. */
    public boolean serves(Method method) {
        return switch (method) {
            case LIST_TOOLS, CALL_TOOL -> registry.hasTools();
            case LIST_PROMPTS, GET_PROMPT -> registry.hasPrompts();
            case LIST_RESOURCES, LIST_TEMPLATES, READ_RESOURCE, SUBSCRIBE, UNSUBSCRIBE -> registry.hasResources();
            case COMPLETE -> registry.hasPrompts() || registry.hasResources();
            case GET_TASK, UPDATE_TASK, CANCEL_TASK -> registry.desk().isPresent();
            case DISCOVER, INITIALIZE, PING, SET_LEVEL, LISTEN -> true;
        };
    }

    /**
     * Answers a request.
     *
     * @return fails with {@link McpError}, {@link InsufficientScope}, {@link UnknownResource}, {@link MissingCapability}, or whatever a
     *     handler failed with
     */
    public Uni<Answer> dispatch(Call call) {
        return Uni.createFrom().deferred(() -> switch (call.method()) {
            case LIST_TOOLS -> list(call, "tools", registry::tools, tool -> Offers.tool(tool.definition()));
            case CALL_TOOL -> callTool(call);
            case LIST_PROMPTS -> list(call, "prompts", registry::prompts, prompt -> Offers.prompt(prompt.definition()));
            case GET_PROMPT -> getPrompt(call);
            case LIST_RESOURCES -> list(call, "resources", registry::resources, Offers::resource);
            case LIST_TEMPLATES -> list(call, "resourceTemplates", registry::templates, Offers::template);
            case READ_RESOURCE -> readResource(call);
            case COMPLETE -> complete(call);
            case GET_TASK ->
                task(
                        call,
                        (desk, id) -> desk.get(call.caller(), id)
                                .map(view ->
                                        new Answer.Result(Results.task(view.orElseThrow(Dispatcher::unknownTask)))));
            case UPDATE_TASK ->
                task(call, (desk, id) -> acknowledged(desk.update(call.caller(), id, Params.inputs(call.params()))));
            case CANCEL_TASK -> task(call, (desk, id) -> acknowledged(desk.cancel(call.caller(), id)));
            case DISCOVER, INITIALIZE, PING, SET_LEVEL, SUBSCRIBE, UNSUBSCRIBE, LISTEN ->
                throw new IllegalArgumentException("an era answers this itself: " + call.method());
        });
    }

    /** A list of which parts can be had. */
    @FunctionalInterface
    private interface Paged<T> {

        Uni<Page<T>> page(Caller caller, Optional<String> after, int limit);
    }

    /** Something that is asked of the desk. */
    @FunctionalInterface
    private interface AtDesk {

        Uni<Answer> ask(TaskDesk desk, String id);
    }

    private <T> Uni<Answer> list(Call call, String name, Paged<T> list, Function<T, ObjectNode> form) {
        Optional<String> after = cursors.open(call.caller(), name, Params.cursor(call.params()));
        return list.page(call.caller(), after, pageSize).map(page -> {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            ArrayNode items = result.putArray(name);
            page.items().forEach(item -> items.add(form.apply(item)));
            page.next().ifPresent(next -> result.put("nextCursor", cursors.close(call.caller(), name, next)));
            return new Answer.Listing(result);
        });
    }

    private Uni<Answer> callTool(Call call) {
        String name = Params.text(call.params(), "name");
        ObjectNode given = arguments.bounded(Params.object(call.params(), "arguments"));
        return registry.tool(call.caller(), name).chain(found -> {
            Tool tool = found.orElseThrow(() -> McpError.invalidParams("there is no such tool"));
            ToolDefinition definition = tool.definition();
            require(call.caller(), definition.scope());
            call.check().accept(definition, given);
            boolean clientTakesTasks = call.exchange().client().takesTasks();
            boolean takesTask = switch (definition.tasks()) {
                case NONE -> false;
                case OPTIONAL, REQUIRED -> clientTakesTasks && registry.desk().isPresent();
            };
            if (definition.tasks() == TaskSupport.REQUIRED && !takesTask) {
                throw MissingCapability.tasks();
            }
            Optional<String> flaw = tool.checksArguments() ? Optional.empty() : arguments.flaw(definition, given);
            if (flaw.isPresent()) {
                return Uni.createFrom().item(new Answer.Result(Results.call(CallResult.error(flaw.get()))));
            }
            return tool.call(new ToolRequest(given, takesTask, call.exchange()))
                    .map(outcome -> answer(outcome, takesTask));
        });
    }

    private static Answer answer(ToolOutcome outcome, boolean takesTask) {
        return switch (outcome) {
            case ToolOutcome.Completed completed -> new Answer.Result(Results.call(completed.result()));
            case ToolOutcome.InputRequired waiting -> new Answer.InputRequired(waiting.needed());
            case ToolOutcome.TaskStarted started -> {
                if (!takesTask) {
                    throw new IllegalStateException("a tool began a task that its caller does not take");
                }
                yield new Answer.TaskStarted(started.task());
            }
        };
    }

    private Uni<Answer> getPrompt(Call call) {
        String name = Params.text(call.params(), "name");
        Map<String, String> given = Params.texts(call.params(), "arguments");
        return registry.prompt(call.caller(), name).chain(found -> {
            Prompt prompt = found.orElseThrow(Dispatcher::unknownPrompt);
            require(call.caller(), prompt.definition().scope());
            prompt.definition().arguments().stream()
                    .filter(PromptArgument::required)
                    .filter(argument -> !given.containsKey(argument.name()))
                    .findFirst()
                    .ifPresent(missing -> {
                        throw McpError.invalidParams("the argument " + missing.name() + " is missing");
                    });
            return prompt.get(new PromptRequest(given, call.exchange())).map(outcome -> switch (outcome) {
                case PromptOutcome.Messages messages -> new Answer.Result(Results.messages(messages));
                case PromptOutcome.InputRequired waiting -> new Answer.InputRequired(waiting.needed());
            });
        });
    }

    private Uni<Answer> readResource(Call call) {
        String uri = Params.text(call.params(), "uri");
        return registry.read(new ResourceRequest(uri, call.exchange())).map(outcome -> switch (outcome) {
            case ResourceOutcome.Contents contents -> new Answer.Reading(Results.contents(contents));
            case ResourceOutcome.InputRequired waiting -> new Answer.InputRequired(waiting.needed());
            case ResourceOutcome.Unknown unknown -> throw new UnknownResource(uri);
        });
    }

    private Uni<Answer> complete(Call call) {
        JsonNode reference = Params.object(call.params(), "ref");
        JsonNode argument = Params.object(call.params(), "argument");
        CompletionRequest request = new CompletionRequest(
                call.caller(),
                Params.text(argument, "name"),
                argument.path("value").asText(),
                Params.texts(Params.object(call.params(), "context"), "arguments"));
        Uni<Completion> completion = switch (Params.text(reference, "type")) {
            case "ref/prompt" ->
                registry.prompt(call.caller(), Params.text(reference, "name")).chain(found -> {
                    Prompt prompt = found.orElseThrow(Dispatcher::unknownPrompt);
                    require(call.caller(), prompt.definition().scope());
                    return prompt.complete(request);
                });
            case "ref/resource" ->
                registry.complete(Params.text(reference, "uri"), request).map(found -> found.orElse(Completion.NONE));
            default -> throw McpError.invalidParams("ref.type must be ref/prompt or ref/resource");
        };
        return completion.map(values -> {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.set("completion", Offers.completion(values));
            return new Answer.Result(result);
        });
    }

    private Uni<Answer> task(Call call, AtDesk question) {
        if (!call.exchange().client().takesTasks()) {
            throw MissingCapability.tasks();
        }
        TaskDesk desk = registry.desk().orElseThrow(() -> new IllegalArgumentException("there is no desk"));
        return question.ask(desk, Params.text(call.params(), "taskId"));
    }

    private static Uni<Answer> acknowledged(Uni<Boolean> known) {
        return known.map(is -> {
            if (!is) {
                throw unknownTask();
            }
            return new Answer.Result(JsonNodeFactory.instance.objectNode());
        });
    }

    private static void require(Caller caller, Optional<Scope> scope) {
        scope.ifPresent(needed -> InsufficientScope.refuseWithout(needed, caller));
    }

    private static McpError unknownTask() {
        return McpError.invalidParams("there is no such task");
    }

    private static McpError unknownPrompt() {
        return McpError.invalidParams("there is no such prompt");
    }
}
