package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.mcp.ClientLog;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.Progress;
import org.mcpagentic.mcp.RequestId;
import org.mcpagentic.mcp.wire.Reply;

/** What handlers tell clients while they work, as notifications on the request's own stream. */
final class Sinks {

    private Sinks() {}

    /** Tells of progress where the client gave a token to tell it by. */
    static Progress progress(HttpReply reply, ObjectNode params) {
        JsonNode token = params.path("_meta").path("progressToken");
        boolean wanted = (token.isTextual() || token.isIntegralNumber())
                && token.asText().length() <= RequestId.MAX_CHARS;
        if (!wanted) {
            return (done, total, message) -> {};
        }
        return (done, total, message) -> {
            ObjectNode progress = JsonNodeFactory.instance.objectNode();
            progress.set("progressToken", token);
            progress.put("progress", done);
            total.ifPresent(all -> progress.put("total", all));
            message.ifPresent(text -> progress.put("message", text));
            reply.mention(Reply.notification("notifications/progress", progress));
        };
    }

    /** Writes log lines of a level and above; none where there is no level. */
    static ClientLog log(HttpReply reply, Optional<ClientLog.Level> least) {
        return (level, logger, data) -> {
            if (least.filter(wanted -> level.compareTo(wanted) >= 0).isPresent()) {
                ObjectNode line = JsonNodeFactory.instance
                        .objectNode()
                        .put("level", level.name().toLowerCase(Locale.ROOT))
                        .put("logger", logger);
                line.set("data", data);
                reply.mention(Reply.notification("notifications/message", line));
            }
        };
    }

    /** A level as clients write it; fails with {@code -32602} where there is no such. */
    static ClientLog.Level level(JsonNode text) {
        return Arrays.stream(ClientLog.Level.values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text.textValue()))
                .findFirst()
                .orElseThrow(() -> McpError.invalidParams("there is no such log level"));
    }
}
