package org.mcpagentic.mcptest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Inspector's command line, {@code @modelcontextprotocol/inspector}.
 *
 * @param era {@code legacy} or {@code modern}
 */
record Inspector(NodeTools node, URI server, String era) {
    private static final String PROGRAM =
            "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";
    static final Duration LIMIT = Duration.ofMinutes(1);

    /** The result of one method, such as {@code tools/list}. */
    JsonNode result(String method, String... more) {
        NodeTools.Outcome outcome = start(method, more).outcome(LIMIT);
        if (outcome.exitCode() != 0) {
            throw new AssertionError(method + " failed: " + outcome.text());
        }
        return outcome.json().path("result");
    }

    /** Calls a tool. */
    JsonNode call(String tool, String arguments) {
        return result("tools/call", "--tool-name", tool, "--tool-args-json", arguments);
    }

    /** Begins what {@link #result} does. */
    NodeTools.Running start(String method, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--cli",
                server.toString(),
                "--transport",
                "http",
                "--protocol-era",
                era,
                "--header",
                "Authorization: Bearer " + CustomService.KEY,
                "--stored-auth-only",
                "--format",
                "json",
                "--method",
                method));
        arguments.addAll(List.of(more));
        return node.start(Map.of(), PROGRAM, arguments);
    }
}
