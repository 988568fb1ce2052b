package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.store.TenantId;

/** Calls tools as the loop does, on a day that is fixed. */
final class ToolCaller {

    /** A Sunday. */
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00.5Z"), ZoneOffset.UTC);

    private ToolCaller() {}

    static String call(Tool tool, ObjectNode arguments) {
        return tool.call(arguments, new ToolContext(TenantId.DEFAULT, "k", new CallThreads()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    static ObjectNode call(Tool tool, String arguments) {
        return Json.object(call(tool, Json.object(arguments)));
    }
}
