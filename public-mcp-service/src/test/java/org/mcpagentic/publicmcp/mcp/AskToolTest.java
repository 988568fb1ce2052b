package org.mcpagentic.publicmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.publicmcp.support.AccessOn;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.McpClient.Came;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** Questions of MCP clients. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class AskToolTest {

    private static final Limits NONE = limits(OptionalInt.empty(), OptionalLong.empty());
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Inject
    ApiKeys keys;

    @Inject
    ScriptedModel model;

    @Test
    void oneToolIsOffered() {
        List<JsonNode> tools = client().list("tools/list", "tools");

        assertThat(tools).extracting(tool -> tool.path("name").asText()).containsExactly("ask");
        JsonNode hints = tools.getFirst().path("annotations");
        assertThat(hints.path("readOnlyHint").booleanValue()).isTrue();
        assertThat(hints.path("openWorldHint").booleanValue()).isTrue();
    }

    @Test
    void answersAsTheRestInterfaceDoes() {
        McpClient client = client();

        Came came = client.call("ask", Map.of("query", "What is 6 * 7?", "model", "offline"));

        assertThat(came.isError()).isFalse();
        assertThat(came.text()).isNotBlank();
        assertThat(came.structured().path("prompt").asText()).isEqualTo("What is 6 * 7?");
        assertThat(came.structured().path("response").asText()).isEqualTo(came.text());
        assertThat(came.structured().path("model_used").asText()).isEqualTo("offline");
        JsonNode schema = client.list("tools/list", "tools").getFirst().path("outputSchema");
        assertThat(schema.isObject()).isTrue();
        assertThat(SCHEMAS.getSchema(schema).validate(came.structured())).isEqualTo(List.of());
    }

    @Test
    void answersInASessionToo() {
        String query = "in a session " + UUID.randomUUID();
        model.play(query, before -> Multi.createFrom().item(ScriptedModel.answer("as before")));

        assertThat(client().inSession().call("ask", Map.of("query", query)).text())
                .isEqualTo("as before");
    }

    @Test
    void progressCountsTheAnswersCharacters() {
        String query = "think aloud " + UUID.randomUUID();
        model.play(
                query,
                before -> Multi.createFrom()
                        .items(
                                new ModelEvent.TextDelta("let "),
                                new ModelEvent.TextDelta("me see"),
                                ScriptedModel.answer("let me see")));

        Came came = client().ask(
                        "tools/call",
                        Map.of(
                                "name",
                                "ask",
                                "arguments",
                                Map.of("query", query),
                                "_meta",
                                Map.of("progressToken", 1)));

        assertThat(came.text()).isEqualTo("let me see");
        assertThat(came.heard())
                .extracting(message -> message.path("params").path("progress").asInt())
                .isSorted()
                .doesNotHaveDuplicates()
                .last()
                .isEqualTo(10);
    }

    @Test
    void closingTheConnectionAbortsTheModelsCall() throws Exception {
        String query = "take for ever " + UUID.randomUUID();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        model.play(
                query,
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item((ModelEvent) new ModelEvent.TextDelta("well")),
                                Multi.createFrom().<ModelEvent>nothing())
                        .onCancellation()
                        .invoke(() -> cancelled.complete(true)));
        try (McpClient.Stream stream = client().open(
                        "tools/call",
                        Map.of(
                                "name",
                                "ask",
                                "arguments",
                                Map.of("query", query),
                                "_meta",
                                Map.of("progressToken", "p")))) {
            stream.next("notifications/progress");
        }

        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anUnknownModelIsToldWithItsCode() {
        Came came = client().call("ask", Map.of("query", "hello", "model", "oracle"));

        assertThat(came.isError()).isTrue();
        assertThat(came.text()).startsWith("unknown_model: ");
    }

    @Test
    void aModelThatFailsIsToldWithItsCode() {
        String query = "fail " + UUID.randomUUID();
        model.play(
                query,
                before -> Multi.createFrom()
                        .failure(new ModelException(ModelException.Kind.BLOCKED, "no", Optional.empty())));

        Came came = client().call("ask", Map.of("query", query));

        assertThat(came.isError()).isTrue();
        assertThat(came.text()).startsWith("model_blocked: ");
    }

    @Test
    void argumentsThatDoNotFitAreForTheModelToRepair() {
        for (Map<String, ?> arguments : List.<Map<String, ?>>of(
                Map.of(), Map.of("query", 7), Map.of("query", ""), Map.of("query", "a", "b", 1))) {
            assertThat(client().call("ask", arguments).isError()).isTrue();
        }
    }

    @Test
    void aMissingScopeIsAChallenge() {
        McpClient reader = McpClient.of(key(Rights.of(Scope.STATISTICS_READ), NONE));

        Came came = reader.call("ask", Map.of("query", "hello"));

        assertThat(came.status()).isEqualTo(403);
        assertThat(came.challenge()).contains("Bearer error=\"insufficient_scope\", scope=\"ask\"");
        assertThat(reader.list("tools/list", "tools")).isEmpty();
    }

    @Test
    void aCallCountsOnceAgainstTheRate() {
        McpClient hasty = McpClient.of(key(Rights.of(Scope.ASK), limits(OptionalInt.of(4), OptionalLong.empty())));

        List<Integer> statuses = IntStream.range(0, 6)
                .mapToObj(i -> hasty.call("ask", Map.of("query", "hello")).status())
                .toList();

        // why not sooner: a call that counted twice would leave place for two
        assertThat(statuses.subList(0, 4)).containsOnly(200);
        assertThat(statuses).contains(429);
    }

    @Test
    void aBudgetThatIsSpentIsToldWithItsCode() {
        McpClient poor = McpClient.of(key(Rights.of(Scope.ASK), limits(OptionalInt.empty(), OptionalLong.of(1))));
        poor.call("ask", Map.of("query", "What is 6 * 7?"));

        Came came = poor.call("ask", Map.of("query", "What is 6 * 8?"));

        assertThat(came.status()).isEqualTo(200);
        assertThat(came.isError()).isTrue();
        assertThat(came.text()).startsWith("budget_exhausted: ");
    }

    private McpClient client() {
        return McpClient.of(key(Rights.of(Scope.ASK), NONE));
    }

    private String key(Rights rights, Limits limits) {
        NewApiKey wanted =
                new NewApiKey(TenantId.DEFAULT, "mcp", rights, limits, Optional.empty(), new OwnerId("tester"));
        return keys.create(wanted)
                .await()
                .atMost(Duration.ofSeconds(10))
                .orElseThrow()
                .token()
                .text();
    }

    private static Limits limits(OptionalInt perMinute, OptionalLong tokensPerDay) {
        return new Limits(perMinute, OptionalInt.empty(), OptionalInt.empty(), tokensPerDay, OptionalLong.empty());
    }
}
