package org.mcpagentic.custommcp.remote.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.custommcp.remote.definition.Definition;
import org.mcpagentic.custommcp.tools.fetch.AddressRules;
import org.mcpagentic.custommcp.tools.fetch.Deadline;

/**
 * Against the official reference server ({@code npx @modelcontextprotocol/server-everything streamableHttp}) where it runs:
 * {@code MCP_REFERENCE_URL=http://127.0.0.1:3001/mcp}.
 */
@EnabledIfEnvironmentVariable(named = ReferenceServerTest.URL, matches = "http.+")
@Timeout(60)
class ReferenceServerTest {

    static final String URL = "MCP_REFERENCE_URL";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void itsToolsAreListedAndCalled() throws Exception {
        RemoteClients clients =
                new RemoteClients(vertx, (name, deadline) -> List.of(), new AddressRules(List.of()), 1_048_576, "1");
        RemoteClient client = clients.http(System.getenv(URL), true, Optional.empty());
        ObjectNode arguments = new ObjectMapper().createObjectNode().put("message", "hello");

        List<JsonNode> tools = client.tools(Deadline.in(Duration.ofSeconds(20)));
        CallResult result = client.call(
                "echo",
                arguments,
                arguments.objectNode(),
                SideEffects.NON_IDEMPOTENT,
                Deadline.in(Duration.ofSeconds(20)));

        assertThat(tools)
                .hasSizeGreaterThan(5)
                .allSatisfy(tool -> assertThat(Definition.read(tool)).isInstanceOf(Definition.Read.Usable.class));
        assertThat(result.failed()).isFalse();
        assertThat(result.text()).contains("hello");
    }
}
