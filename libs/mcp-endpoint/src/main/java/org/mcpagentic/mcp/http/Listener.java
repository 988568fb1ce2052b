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
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.RequestId;
import org.mcpagentic.mcp.dispatch.MissingCapability;
import org.mcpagentic.mcp.registry.Registry;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.task.TaskDesk;
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
    private static final int MOST = 100;

    private final Registry registry;

    Listener(Registry registry) {
        this.registry = registry;
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
        known(talk.caller(), wanted.tasks()).subscribe().with(tasks -> open(talk, wanted, tasks), talk::fail);
    }

    private void open(Conversation talk, Wanted wanted, List<String> tasks) {
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
            tasks.forEach(id -> {
                ids.add(id);
                registry.desk()
                        .ifPresent(desk -> sources.add(desk.follow(caller, id)
                                .map(task -> notification(talk.id(), "notifications/tasks", Results.task(task)))));
            });
        }
        ObjectNode acknowledged = object();
        acknowledged.set("notifications", honoured);
        talk.follow(
                Feed.of(notification(talk.id(), "notifications/subscriptions/acknowledged", acknowledged), sources));
    }

    /** Those that the caller has; of others nothing is ever said. */
    private Uni<List<String>> known(Caller caller, Set<String> ids) {
        Uni<List<String>> known = Uni.createFrom().item(new ArrayList<>());
        Optional<TaskDesk> desk = registry.desk();
        if (desk.isEmpty()) {
            return known;
        }
        for (String id : ids) {
            known = known.chain(before -> desk.get().get(caller, id).map(task -> {
                task.ifPresent(view -> before.add(id));
                return before;
            }));
        }
        return known;
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
                    texts(filter, "resourceSubscriptions", ResourceRequest.MAX_URI),
                    texts(filter, "taskIds", TaskHead.MAX_ID));
        }

        private static Set<String> texts(JsonNode filter, String name, int longest) {
            Set<String> texts = new LinkedHashSet<>();
            for (JsonNode entry : filter.path(name)) {
                if (!entry.isTextual() || entry.textValue().length() > longest || texts.size() >= MOST) {
                    throw McpError.invalidParams(
                            name + " must be at most " + MOST + " strings of at most " + longest + " characters");
                }
                texts.add(entry.textValue());
            }
            return texts;
        }
    }
}
