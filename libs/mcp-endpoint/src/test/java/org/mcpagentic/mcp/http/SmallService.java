package org.mcpagentic.mcp.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.access.Route;
import org.mcpagentic.edge.access.RouteTable;
import org.mcpagentic.mcp.ClientLog;
import org.mcpagentic.mcp.Icon;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.mcp.Page;
import org.mcpagentic.mcp.ServerIdentity;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.content.ResourceContents;
import org.mcpagentic.mcp.resource.ResourceDefinition;
import org.mcpagentic.mcp.resource.ResourceOutcome;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.resource.ResourceSource;
import org.mcpagentic.mcp.resource.ResourceUpdate;
import org.mcpagentic.mcp.task.TaskDesk;
import org.mcpagentic.mcp.task.TaskHead;
import org.mcpagentic.mcp.task.TaskView;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.mcp.tool.ToolSource;

/** What the small service of these tests offers. */
final class SmallService {

    /** Completes when the tool {@code endless} is cancelled. */
    static volatile CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

    private SmallService() {}

    @ApplicationScoped
    static class Routes implements RouteTable {

        @Override
        public List<Route> routes() {
            return List.of(Route.known(POST, "/mcp"), Route.known(GET, "/mcp"), Route.known(DELETE, "/mcp"));
        }
    }

    @ApplicationScoped
    static class Identity {

        @Produces
        @Singleton
        ServerIdentity identity() {
            Icon icon = new Icon("data:image/png;base64,AAAA", Optional.of("image/png"), List.of());
            return new ServerIdentity("mcp-of-tests", "MCP of tests", "1", Optional.empty(), List.of(icon), "");
        }
    }

    @ApplicationScoped
    static class Tools implements ToolSource {

        private final BroadcastProcessor<ListChange> changes = BroadcastProcessor.create();

        private final List<Tool> tools = List.of(
                offered(
                        "echo",
                        "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}",
                        Optional.empty(),
                        TaskSupport.NONE,
                        request -> now(ToolOutcome.text(
                                request.arguments().path("text").asText()))),
                offered("greet", NOTHING, Optional.empty(), TaskSupport.NONE, Tools::greet),
                offered(
                        "administer",
                        NOTHING,
                        Optional.of(Scope.ADMIN),
                        TaskSupport.NONE,
                        request -> now(ToolOutcome.text("done"))),
                offered(
                        "break",
                        NOTHING,
                        Optional.empty(),
                        TaskSupport.NONE,
                        request -> Uni.createFrom().failure(new IllegalStateException("the secret of the house"))),
                offered("endless", NOTHING, Optional.empty(), TaskSupport.NONE, Tools::endless),
                offered("chatter", NOTHING, Optional.empty(), TaskSupport.NONE, Tools::chatter),
                offered("change", NOTHING, Optional.empty(), TaskSupport.NONE, request -> {
                    changes.onNext(ListChange.CHANGED);
                    return now(ToolOutcome.text("changed"));
                }),
                offered(
                        "work",
                        NOTHING,
                        Optional.empty(),
                        TaskSupport.REQUIRED,
                        request -> now(new ToolOutcome.TaskStarted(Desk.begin(request.caller())))));

        @Override
        public Uni<List<Tool>> tools(Caller caller) {
            return now(tools);
        }

        @Override
        public Multi<ListChange> changes(Caller caller) {
            return changes;
        }

        private static Uni<ToolOutcome> greet(ToolRequest request) {
            return now(request.exchange()
                    .state()
                    .flatMap(state -> request.exchange().input("name"))
                    .map(answer -> ToolOutcome.text(
                            "Hello, " + answer.path("content").path("name").asText() + "!"))
                    .orElseGet(() -> ToolOutcome.ask(
                            "name",
                            new InputRequest.Form(
                                    "Who are you?",
                                    json("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}")),
                            Optional.of(json("{\"asked\":true}")))));
        }

        private static Uni<ToolOutcome> endless(ToolRequest request) {
            request.exchange().progress().report(1, OptionalDouble.empty(), Optional.empty());
            return Uni.createFrom().<ToolOutcome>nothing().onCancellation().invoke(() -> cancelled.complete(true));
        }

        private static Uni<ToolOutcome> chatter(ToolRequest request) {
            request.exchange()
                    .log()
                    .write(ClientLog.Level.DEBUG, "chatter", JsonNodeFactory.instance.textNode("whispered"));
            request.exchange()
                    .log()
                    .write(ClientLog.Level.ERROR, "chatter", JsonNodeFactory.instance.textNode("shouted"));
            return now(
                    ToolOutcome.text(request.exchange().canStream() ? "said to who streams" : "said to who does not"));
        }
    }

    @ApplicationScoped
    static class Resources implements ResourceSource {

        /** Told of by tests. */
        static final BroadcastProcessor<ResourceUpdate> UPDATES = BroadcastProcessor.create();

        @Override
        public Uni<Page<ResourceDefinition>> resources(Caller caller, Optional<String> after, int limit) {
            int from = after.map(Integer::parseInt).orElse(0);
            List<ResourceDefinition> items = IntStream.range(from, Math.min(7, from + limit))
                    .mapToObj(n -> new ResourceDefinition(
                            "test://" + n,
                            "r" + n,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalLong.empty(),
                            List.of()))
                    .toList();
            int next = from + items.size();
            return now(new Page<>(items, next < 7 ? Optional.of(Integer.toString(next)) : Optional.empty()));
        }

        @Override
        public Uni<ResourceOutcome> read(ResourceRequest request) {
            return now(
                    request.uri().equals("test://0")
                            ? new ResourceOutcome.Contents(
                                    List.of(new ResourceContents.Text(request.uri(), Optional.empty(), "zero")))
                            : new ResourceOutcome.Unknown());
        }

        @Override
        public Multi<ResourceUpdate> updates(Caller caller, String uri) {
            return uri.equals("test://lost")
                    ? Multi.createFrom().failure(new IllegalStateException("the store was away for a moment"))
                    : UPDATES.filter(update -> update.uri().equals(uri));
        }
    }

    @ApplicationScoped
    static class Desk implements TaskDesk {

        /** How often a task was looked for. */
        static final AtomicInteger READ = new AtomicInteger();

        private static final Map<String, String> OWNERS = new ConcurrentHashMap<>();

        static TaskView begin(Caller caller) {
            String id = "task-" + OWNERS.size();
            OWNERS.put(id, caller.owner().value());
            return view(id);
        }

        @Override
        public Uni<Optional<TaskView>> get(Caller caller, String id) {
            return now(isOf(caller, id) ? Optional.of(view(id)) : Optional.empty());
        }

        @Override
        public Uni<Boolean> update(Caller caller, String id, Map<String, ObjectNode> inputs) {
            return now(isOf(caller, id));
        }

        @Override
        public Uni<Boolean> cancel(Caller caller, String id) {
            return now(isOf(caller, id));
        }

        @Override
        public Multi<TaskView> follow(Caller caller, String id) {
            return isOf(caller, id)
                    ? Multi.createFrom().item(view(id))
                    : Multi.createFrom().empty();
        }

        private static boolean isOf(Caller caller, String id) {
            READ.incrementAndGet();
            return caller.owner().value().equals(OWNERS.get(id));
        }

        private static TaskView view(String id) {
            TaskHead head = new TaskHead(
                    id, Instant.EPOCH, Instant.EPOCH, Optional.empty(), Duration.ofSeconds(1), Optional.empty());
            return new TaskView.Completed(head, CallResult.text("worked"));
        }
    }

    private static final String NOTHING = "{\"type\":\"object\"}";

    private static Tool offered(
            String name,
            String schema,
            Optional<Scope> scope,
            TaskSupport tasks,
            Function<ToolRequest, Uni<ToolOutcome>> work) {
        ToolDefinition definition = new ToolDefinition(
                name, name, name, json(schema), Optional.empty(), ToolHints.READ_ONLY, List.of(), scope, tasks);
        return new Tool() {
            @Override
            public ToolDefinition definition() {
                return definition;
            }

            @Override
            public Uni<ToolOutcome> call(ToolRequest request) {
                return work.apply(request);
            }
        };
    }

    private static <T> Uni<T> now(T item) {
        return Uni.createFrom().item(item);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
