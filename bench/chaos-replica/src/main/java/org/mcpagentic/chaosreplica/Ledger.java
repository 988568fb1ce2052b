package org.mcpagentic.chaosreplica;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mcpagentic.agent.tool.OwnThread;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;

/** The harness's ledger: a server that notes each execution of a tool, and answers when the script says. */
@ApplicationScoped
class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Ledger(@ConfigProperty(name = "ledger.url") URI address) {
        this.address = address;
    }

    /** What a tool of the ledger is: an entry and how long it takes. */
    static ToolSpec tool(String name, String description, SideEffects sideEffects) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("entry").put("type", "string").put("maxLength", 200);
        properties
                .putObject("milliseconds")
                .put("type", "integer")
                .put("minimum", 0)
                .put("maximum", LONGEST.toMillis());
        schema.putArray("required").add("entry").add("milliseconds");
        return new ToolSpec(name, description, schema, sideEffects, LONGEST.plusSeconds(5), 1_000);
    }

    Uni<String> execute(String tool, ObjectNode arguments, ToolContext context) {
        ObjectNode execution = arguments.deepCopy().put("tool", tool).put("key", context.idempotencyKey());
        return OwnThread.run(context.threads(), () -> post(execution));
    }

    private String post(ObjectNode execution) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(execution.toString()))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the ledger answered " + response.statusCode());
        }
        return response.body();
    }
}
