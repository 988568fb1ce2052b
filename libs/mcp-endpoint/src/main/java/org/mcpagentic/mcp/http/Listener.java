package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.RequestId;
import org.mcpagentic.mcp.dispatch.MissingCapability;
import org.mcpagentic.mcp.registry.Registry;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.task.TaskHead;
import org.mcpagentic.mcp.wire.Reply;
import org.mcpagentic.mcp.wire.Results;

/**
 * Tells clients of 2026-07-28 of what happens, for as long as they listen.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/patterns/subscriptions">Subscriptions</a>
 */
@ApplicationScoped
class Listener {

    private static final String SUBSCRIPTION_KEY = "io.modelcontextprotocol/subscriptionId";

    /** Most resources and most tasks that one stream tells of. */
    private static final int MOST_URIS = 64;

    private static final int MOST_TASKS = 16;

    private final Registry registry;
    private final OpenStreams streams;

    Listener(Registry registry, OpenStreams streams) {
        this.registry = registry;
        this.streams = streams;
    }

    void listen(Conversation talk, ClientCapabilities client) {
        Wanted wanted;
        try {
            wanted = Wanted.of(talk.params().path("notifications"));
            if (!wanted.tasks().isEmpty() && !client.takesTasks()) {
                throw MissingCapability.tasks();
            }
        } catch (McpError | MissingCapability bad) {
            talk.fail(bad);
            return;
        }
        if (!talk.reply().takesMessages()) {
            talk.fail(McpError.invalidParams("the client must accept text/event-stream to listen"));
            return;
        }
        if (!streams.admit(talk.routing())) {
            talk.fail(OpenStreams.tooMany());
            return;
        }
        List<Followed> tasks = tasks(talk.caller(), wanted.tasks());
        begun(tasks)
                .invoke(() -> open(
                        talk, wanted, tasks.stream().filter(Followed::isKnown).toList()))
                .subscribe()
                .with(opened -> {}, failure -> {
                    tasks.forEach(Followed::end);
                    talk.fail(failure);
                });
        talk.reply().whenGone(() -> tasks.forEach(Followed::end));
    }

    private void open(Conversation talk, Wanted wanted, List<Followed> tasks) {
        Caller caller = talk.caller();
        ObjectNode honoured = JsonNodeFactory.instance.objectNode();
        List<Multi<ObjectNode>> sources = new ArrayList<>();
        if (wanted.tools() && registry.hasTools()) {
            honoured.put("toolsListChanged", true);
            sources.add(registry.toolChanges(caller)
                    .map(change -> notification(talk.id(), "notifications/tools/list_changed", object())));
        }
        if (wanted.prompts() && registry.hasPrompts()) {
            honoured.put("promptsListChanged", true);
            sources.add(registry.promptChanges(caller)
                    .map(change -> notification(talk.id(), "notifications/prompts/list_changed", object())));
        }
        if (wanted.resources() && registry.hasResources()) {
            honoured.put("resourcesListChanged", true);
            sources.add(registry.resourceChanges(caller)
                    .map(change -> notification(talk.id(), "notifications/resources/list_changed", object())));
        }
        if (!wanted.uris().isEmpty() && registry.hasResources()) {
            ArrayNode uris = honoured.putArray("resourceSubscriptions");
            wanted.uris().forEach(uri -> {
                uris.add(uri);
                sources.add(registry.updates(caller, uri)
                        .map(update -> notification(
                                talk.id(), "notifications/resources/updated", object().put("uri", update.uri()))));
            });
        }
        if (!tasks.isEmpty()) {
            ArrayNode ids = honoured.putArray("taskIds");
            tasks.forEach(followed -> {
                ids.add(followed.id());
                sources.add(followed.views()
                        .map(task -> notification(talk.id(), "notifications/tasks", Results.task(task))));
            });
        }
        ObjectNode acknowledged = object();
        acknowledged.set("notifications", honoured);
        talk.follow(
                Feed.of(notification(talk.id(), "notifications/subscriptions/acknowledged", acknowledged), sources));
    }

    private List<Followed> tasks(Caller caller, Set<String> ids) {
        return registry.desk()
                .map(desk -> ids.stream()
                        .map(id -> new Followed(id, Multi.createFrom().deferred(() -> desk.follow(caller, id))))
                        .toList())
                .orElse(List.of());
    }

    /** Completes once it is known which of them the caller has; of others nothing is ever said. */
    private static Uni<Void> begun(List<Followed> tasks) {
        return tasks.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(tasks.stream().map(Followed::begin).toList())
                        .andFailFast()
                        .replaceWithVoid();
    }

    private static ObjectNode notification(RequestId id, String method, ObjectNode params) {
        params.putObject("_meta").set(SUBSCRIPTION_KEY, id.value());
        return Reply.notification(method, params);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What a client wants to hear of. */
    private record Wanted(boolean tools, boolean prompts, boolean resources, Set<String> uris, Set<String> tasks) {

        static Wanted of(JsonNode filter) {
            if (!filter.isObject()) {
                throw McpError.invalidParams("notifications must be an object");
            }
            return new Wanted(
                    filter.path("toolsListChanged").asBoolean(),
                    filter.path("promptsListChanged").asBoolean(),
                    filter.path("resourcesListChanged").asBoolean(),
                    texts(filter, "resourceSubscriptions", MOST_URIS, ResourceRequest.MAX_URI),
                    texts(filter, "taskIds", MOST_TASKS, TaskHead.MAX_ID));
        }

        private static Set<String> texts(JsonNode filter, String name, int most, int longest) {
            Set<String> texts = new LinkedHashSet<>();
            for (JsonNode entry : filter.path(name)) {
                if (!entry.isTextual() || entry.textValue().length() > longest || texts.size() >= most) {
                    throw McpError.invalidParams(
                            name + " must be at most " + most + " strings of at most " + longest + " characters");
                }
                texts.add(entry.textValue());
            }
            return texts;
        }
    }
}
