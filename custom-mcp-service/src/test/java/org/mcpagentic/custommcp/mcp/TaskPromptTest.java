package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.McpClient.Came;
import org.mcpagentic.testsupport.RedisOfTests;

/** Prompts for people to choose from. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class TaskPromptTest {

    private static final int INVALID_PARAMS = -32602;

    private McpClient client;

    @BeforeEach
    void meet() {
        AccessOn.first();
        client = McpClient.of(AccessOn.FIRST.text());
    }

    @Test
    void fiveAreOffered() {
        List<JsonNode> prompts = client.list("prompts/list", "prompts");

        assertThat(prompts)
                .extracting(prompt -> prompt.path("name").asText())
                .containsExactly("calculate", "count_days", "follow_task", "read_page", "summarise_csv");
        assertThat(prompts).allSatisfy(prompt -> {
            assertThat(prompt.path("title").asText()).isNotBlank();
            assertThat(prompt.path("arguments")).isNotEmpty();
            assertThat(prompt.path("icons").path(0).path("src").asText()).startsWith("data:image/svg+xml");
        });
    }

    @Test
    void whatTheKeyMayNotDoIsNotOffered() {
        assertThat(McpClient.of(AccessOn.key("default", "tasks:read")).list("prompts/list", "prompts"))
                .extracting(prompt -> prompt.path("name").asText())
                .containsExactly("follow_task");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calculate|question|2 / 3|calculator",
                "summarise_csv|csv|a,b|csv_summary",
                "read_page|url|https://example.org/|http_fetch",
                "follow_task|task_id|t0-1|get_task",
            })
    void wordsHaveTheArgumentsInThem(String prompt, String argument, String value, String tool) {
        JsonNode message =
                get(prompt, Map.of(argument, value)).result().path("messages").path(0);

        assertThat(message.path("role").asText()).isEqualTo("user");
        assertThat(message.path("content").path("text").asText()).contains(value, tool);
    }

    @Test
    void argumentsThatNeedNotBeThereAreUsedWhereTheyAre() {
        Came without = get("read_page", Map.of("url", "https://example.org/"));
        Came with = get("read_page", Map.of("url", "https://example.org/", "question", "Who wrote it?"));

        assertThat(without.message().toString()).doesNotContain("The question");
        assertThat(with.message().toString()).contains("Who wrote it?");
    }

    @Test
    void argumentsThatAreNeededAreMissed() {
        Came came = get("count_days", Map.of("from", "2026-11-22"));

        assertThat(came.code()).isEqualTo(INVALID_PARAMS);
        assertThat(came.errorMessage()).contains("to");
        assertThat(get("count_days", Map.of("from", "2026-11-22", "to", "2026-12-24"))
                        .message()
                        .toString())
                .contains("2026-11-22", "2026-12-24");
    }

    @Test
    void aPromptThatThereIsNotIsUnknown() {
        assertThat(get("sing", Map.of()).code()).isEqualTo(INVALID_PARAMS);
    }

    @Test
    void aMissingScopeIsAChallenge() {
        Came came = McpClient.of(AccessOn.key("default", "tasks:read"))
                .ask("prompts/get", Map.of("name", "calculate", "arguments", Map.of("question", "2 + 2")));

        assertThat(came.status()).isEqualTo(403);
        assertThat(came.challenge()).contains("Bearer error=\"insufficient_scope\", scope=\"tasks:write\"");
    }

    @Test
    void aSessionGetsThemToo() {
        assertThat(client.inSession()
                        .ask("prompts/get", Map.of("name", "calculate", "arguments", Map.of("question", "2 + 2")))
                        .message()
                        .toString())
                .contains("2 + 2");
    }

    private Came get(String prompt, Map<String, ?> arguments) {
        return client.ask("prompts/get", Map.of("name", prompt, "arguments", arguments));
    }
}
