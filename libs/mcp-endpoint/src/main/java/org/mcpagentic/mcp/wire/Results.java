package org.mcpagentic.mcp.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.SequencedMap;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.content.Content;
import org.mcpagentic.mcp.content.ResourceContents;
import org.mcpagentic.mcp.prompt.PromptMessage;
import org.mcpagentic.mcp.prompt.PromptOutcome;
import org.mcpagentic.mcp.resource.ResourceOutcome;
import org.mcpagentic.mcp.task.TaskHead;
import org.mcpagentic.mcp.task.TaskView;

/**
 * What handlers answer, in JSON.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/schema">Schema</a>
 */
public final class Results {

    /** Of a result that is whole, in the revisions that say so. */
    public static final String COMPLETE = "complete";

    private Results() {}

    public static ObjectNode call(CallResult result) {
        ObjectNode node = object();
        ArrayNode content = node.putArray("content");
        result.content().forEach(piece -> content.add(content(piece)));
        result.structured().ifPresent(structured -> node.set("structuredContent", structured));
        if (result.isError()) {
            node.put("isError", true);
        }
        return node;
    }

    public static ObjectNode messages(PromptOutcome.Messages prompt) {
        ObjectNode node = object();
        prompt.description().ifPresent(text -> node.put("description", text));
        ArrayNode messages = node.putArray("messages");
        for (PromptMessage message : prompt.messages()) {
            messages.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .set("content", content(message.content()));
        }
        return node;
    }

    public static ObjectNode contents(ResourceOutcome.Contents resource) {
        ObjectNode node = object();
        ArrayNode contents = node.putArray("contents");
        resource.contents().forEach(piece -> contents.add(contents(piece)));
        return node;
    }

    public static ObjectNode inputRequests(SequencedMap<String, InputRequest> requests) {
        ObjectNode node = object();
        requests.forEach((name, request) ->
                node.putObject(name).put("method", request.method()).set("params", request.params()));
        return node;
    }

    /** A task as the answer to the call that began it: its head and state alone. */
    public static ObjectNode begun(TaskView task) {
        TaskHead head = task.head();
        ObjectNode node = object().put("taskId", head.id())
                .put("status", status(task))
                .put("createdAt", head.createdAt().toString())
                .put("lastUpdatedAt", head.lastUpdatedAt().toString());
        head.life().ifPresentOrElse(life -> node.put("ttlMs", life.toMillis()), () -> node.putNull("ttlMs"));
        node.put("pollIntervalMs", head.pollInterval().toMillis());
        head.statusMessage().ifPresent(message -> node.put("statusMessage", message));
        return node;
    }

    /** A task with what its state brings along. */
    public static ObjectNode task(TaskView task) {
        ObjectNode node = begun(task);
        switch (task) {
            case TaskView.Working working -> {
                // why nothing: there is nothing to say yet
            }
            case TaskView.InputRequired waiting -> node.set("inputRequests", inputRequests(waiting.requests()));
            case TaskView.Completed completed ->
                node.set("result", call(completed.result()).put("resultType", COMPLETE));
            case TaskView.Failed failed -> node.set("error", Reply.error(failed.error()));
            case TaskView.Cancelled cancelled -> {
                // why nothing: nobody waits for it any more
            }
        }
        return node;
    }

    private static String status(TaskView task) {
        return switch (task) {
            case TaskView.Working working -> "working";
            case TaskView.InputRequired waiting -> "input_required";
            case TaskView.Completed completed -> "completed";
            case TaskView.Failed failed -> "failed";
            case TaskView.Cancelled cancelled -> "cancelled";
        };
    }

    private static ObjectNode content(Content piece) {
        return switch (piece) {
            case Content.Text text -> object().put("type", "text").put("text", text.text());
            case Content.Image image ->
                object().put("type", "image").put("data", image.base64()).put("mimeType", image.mimeType());
            case Content.Audio audio ->
                object().put("type", "audio").put("data", audio.base64()).put("mimeType", audio.mimeType());
            case Content.Embedded embedded ->
                object().put("type", "resource").set("resource", contents(embedded.resource()));
            case Content.Link link -> {
                ObjectNode node = object().put("type", "resource_link")
                        .put("uri", link.uri())
                        .put("name", link.name());
                link.description().ifPresent(text -> node.put("description", text));
                link.mimeType().ifPresent(type -> node.put("mimeType", type));
                yield node;
            }
        };
    }

    private static ObjectNode contents(ResourceContents contents) {
        ObjectNode node = object().put("uri", contents.uri());
        contents.mimeType().ifPresent(type -> node.put("mimeType", type));
        return switch (contents) {
            case ResourceContents.Text text -> node.put("text", text.text());
            case ResourceContents.Blob blob -> node.put("blob", blob.base64());
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
