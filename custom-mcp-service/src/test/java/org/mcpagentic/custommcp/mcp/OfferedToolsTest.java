package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.RedisOfTests;

/** What MCP clients are told that there is. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class OfferedToolsTest {

    private static final List<String> TASK_TOOLS = List.of("run_task", "submit_task", "get_task", "cancel_task");

    @Test
    void everyToolOfTheFrameworkIsOfferedAndFourAboutTasks() {
        List<String> expected = new ArrayList<>(TASK_TOOLS);
        expected.addAll(AccessOn.first().get("/tool").jsonPath().getList("items.name"));

        List<String> names = names(McpClient.of(AccessOn.FIRST.text()));

        assertThat(expected).contains("calculator", "http_fetch", "memory_put", "post_note");
        assertThat(names).containsExactlyInAnyOrderElementsOf(expected).isSorted();
    }

    @Test
    void aSessionIsOfferedTheSame() {
        AccessOn.first();
        McpClient client = McpClient.of(AccessOn.FIRST.text());

        assertThat(client.inSession().list("tools/list", "tools")).isEqualTo(client.list("tools/list", "tools"));
    }

    @Test
    void whatTheKeyMayNotUseIsNotOffered() {
        assertThat(names(McpClient.of(AccessOn.key("default", "tools:calculator", "tasks:read"))))
                .containsExactly("calculator", "get_task");
        assertThat(names(McpClient.of(AccessOn.key("default", "tasks:write"))))
                .containsExactly("cancel_task", "run_task", "submit_task");
        assertThat(names(McpClient.of(AccessOn.key("default", "statistics:read"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "calculator,true,false,true,false",
        "http_fetch,true,false,true,true",
        "memory_put,false,true,true,false",
        "post_note,false,true,false,false",
        "run_task,false,true,false,true",
        "submit_task,false,true,false,true",
        "get_task,true,false,true,false",
        "cancel_task,false,true,true,false",
    })
    void hintsTellWhatACallDoes(
            String tool, boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
        AccessOn.first();

        JsonNode hints =
                Declared.to(McpClient.of(AccessOn.FIRST.text())).tool(tool).path("annotations");

        assertThat(hints.path("readOnlyHint").booleanValue()).isEqualTo(readOnly);
        assertThat(hints.path("destructiveHint").booleanValue()).isEqualTo(destructive);
        assertThat(hints.path("idempotentHint").booleanValue()).isEqualTo(idempotent);
        assertThat(hints.path("openWorldHint").booleanValue()).isEqualTo(openWorld);
    }

    @Test
    void eachHasSchemasATitleAndAPicture() {
        AccessOn.first();

        List<JsonNode> tools = McpClient.of(AccessOn.FIRST.text()).list("tools/list", "tools");

        assertThat(tools).isNotEmpty().allSatisfy(tool -> {
            assertThat(tool.path("title").asText()).isNotBlank();
            assertThat(tool.path("description").asText()).isNotBlank();
            assertThat(tool.path("inputSchema").path("type").asText()).isEqualTo("object");
            assertThat(tool.path("outputSchema").path("type").asText()).isEqualTo("object");
            assertThat(tool.path("icons").path(0).path("src").asText()).startsWith("data:image/svg+xml;base64,");
        });
    }

    @Test
    void listsSayHowLongTheyHoldAndForWhom() {
        AccessOn.first();

        JsonNode list =
                McpClient.of(AccessOn.FIRST.text()).ask("tools/list", Map.of()).result();

        assertThat(list.path("ttlMs").asLong()).isPositive();
        assertThat(list.path("cacheScope").asText()).isEqualTo("private");
    }

    @Test
    void whoProvesNothingIsChallenged() {
        McpClient.Came came = McpClient.of("").ask("tools/list", Map.of());

        assertThat(came.status()).isEqualTo(401);
        assertThat(came.challenge())
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
    }

    private static List<String> names(McpClient client) {
        return client.list("tools/list", "tools").stream()
                .map(tool -> tool.path("name").asText())
                .toList();
    }
}
