package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.store.TenantId;

/** The five memory tools on a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryToolsTest {

    private final Remembering remembering =
            Remembering.start(Map.of("store.tenant-memory-entries", "300", "store.tenant-memory-bytes", "65536"));
    private final Tool put = new MemoryPutTool(remembering.memory);
    private final Tool get = new MemoryGetTool(remembering.memory);
    private final Tool search = new MemorySearchTool(remembering.memory);
    private final Tool list = new MemoryListTool(remembering.memory);
    private final Tool delete = new MemoryDeleteTool(remembering.memory);
    private final Map<String, Tool> tools =
            Map.of("put", put, "get", get, "search", search, "list", list, "delete", delete);
    private TenantId tenant = TenantId.DEFAULT;

    /** So that tests do not see each other. */
    @BeforeEach
    void beSomebodyElse() {
        tenant = new TenantId("m" + UUID.randomUUID().toString().substring(0, 12));
    }

    @AfterAll
    void stop() {
        remembering.close();
    }

    private ObjectNode call(Tool tool, ObjectNode arguments) {
        return Json.object(as(tenant, tool, arguments));
    }

    private ObjectNode call(Tool tool, String arguments) {
        return call(tool, Json.object(arguments.replace('\'', '"')));
    }

    private static String as(TenantId tenant, Tool tool, ObjectNode arguments) {
        return tool.call(arguments, new ToolContext(tenant, "k", new CallThreads()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private void remember(String key, String value) {
        call(put, Json.object().put("key", key).put("value", value));
    }

    @Test
    void remembersAndGivesBack() {
        ObjectNode kept = call(put, "{'key': 'user/name', 'value': 'Ada \\\"Countess\\\" Lovelace'}");

        ObjectNode found = call(get, "{'key': 'user/name'}");

        assertThat(found.path("value").asText()).isEqualTo("Ada \"Countess\" Lovelace");
        assertThat(found.path("created_at").asText())
                .isEqualTo(kept.path("created_at").asText());
        assertThat(Instant.parse(kept.path("created_at").asText()))
                .isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
        assertThat(kept.path("bytes").asInt()).isEqualTo("user/name".length() + "Ada \"Countess\" Lovelace".length());
        assertThat(kept.has("expires_at")).isFalse();
    }

    @Test
    void forgetsWhenItWasToldTo() {
        ObjectNode kept = call(put, "{'key': 'code', 'value': '1234', 'expires_in_seconds': 60}");

        assertThat(Duration.between(
                        Instant.parse(kept.path("created_at").asText()),
                        Instant.parse(kept.path("expires_at").asText())))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void findsWhatHoldsTheWords() {
        remember("pets/1", "The dog is called Rex");
        remember("pets/2", "a cat");

        ObjectNode found = call(search, "{'query': 'DOG rex'}");

        assertThat(found.path("found")).hasSize(1);
        assertThat(found.at("/found/0/key").asText()).isEqualTo("pets/1");
        assertThat(found.at("/found/0/value").asText()).isEqualTo("The dog is called Rex");
        assertThat(found.at("/found/0").has("shortened")).isFalse();
        assertThat(call(search, "{'query': 'horse'}")).isEqualTo(Json.object("{\"found\": []}"));
    }

    @Test
    void showsOfALongValueThePartThatWasFound() {
        remember("long", "\ud83d\ude00".repeat(1_000) + " the needle is here " + "\ud83d\ude00".repeat(1_000));

        JsonNode found = call(search, "{'query': 'Needle'}").at("/found/0");

        assertThat(found.path("value").asText())
                .contains("the needle is here")
                .startsWith("\u2026\ud83d\ude00")
                .endsWith("\ud83d\ude00\u2026")
                .hasSizeLessThan(610);
        assertThat(found.path("shortened").asBoolean()).isTrue();
    }

    @Test
    void listsPageByPage() {
        IntStream.range(0, 7).forEach(i -> remember("a/" + i, "x"));
        remember("b", "x");

        ObjectNode first = call(list, "{'prefix': 'a/', 'limit': 4}");
        ObjectNode second = call(
                list,
                Json.object("{\"prefix\": \"a/\", \"limit\": 4}")
                        .put("cursor", first.path("next_cursor").asText()));

        assertThat(Stream.of(first, second)
                        .flatMap(page -> page.path("entries").valueStream())
                        .map(entry -> entry.path("key").asText()))
                .containsExactly("a/0", "a/1", "a/2", "a/3", "a/4", "a/5", "a/6");
        assertThat(second.has("next_cursor")).isFalse();
        assertThat(call(list, "{}").path("entries")).hasSize(8);
    }

    @Test
    void forgets() {
        remember("city", "Paris");

        ObjectNode deleted = call(delete, "{'key': 'city'}");

        assertThat(deleted.path("deleted").asBoolean()).isTrue();
        assertThat(call(delete, "{'key': 'city'}").path("deleted").asBoolean()).isFalse();
        assertThatThrownBy(() -> call(get, "{'key': 'city'}"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("nothing is remembered under the key \"city\"");
    }

    @Test
    void showsNothingOfAnotherTenant() {
        TenantId stranger = new TenantId("stranger");
        remember("city", "Paris");

        assertThatThrownBy(() -> as(stranger, get, Json.object("{\"key\": \"city\"}")))
                .isInstanceOf(ToolFailure.class);
        assertThat(as(stranger, search, Json.object("{\"query\": \"paris\"}"))).isEqualTo("{\"found\":[]}");
        assertThat(as(stranger, list, Json.object())).isEqualTo("{\"entries\":[]}");
        assertThat(as(stranger, delete, Json.object("{\"key\": \"city\"}"))).contains("false");
    }

    @Test
    void saysThatTheMemoryIsFullAndWhatToDo() {
        IntStream.range(0, 3).forEach(i -> remember("k" + i, "x".repeat(16_384)));

        assertThatThrownBy(() -> remember("k3", "x".repeat(16_384)))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("the memory is full: it holds at most 65536 bytes; nothing was changed; "
                        + "forget with memory_delete what is not needed");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "put | {'value': 'x'} | \"key\" is missing",
                "put | {'key': 'k'} | \"value\" is missing",
                "put | {'key': 'k', 'value': 5} | is a string",
                "put | {'key': 'K', 'value': 'x'} | a-z, 0-9 and . _ - / : (lower case)",
                "put | {'key': '', 'value': 'x'} | 1 to 128 characters",
                "put | {'key': 'k', 'value': ''} | not empty",
                "put | {'key': 'k', 'value': '\\ud83d'} | half a surrogate pair",
                "put | {'key': 'k', 'value': 'x', 'expires_in_seconds': 0} | from 1 to 31536000",
                "put | {'key': 'k', 'value': 'x', 'ttl': 0} | it takes key, value, expires_in_seconds",
                "get | {} | \"key\" is missing",
                "get | {'key': 'a b'} | a-z, 0-9",
                "search | {'query': ' '} | not blank",
                "search | {'query': 'x', 'limit': 21} | from 1 to 20",
                "list | {'cursor': 'A'} | a-z, 0-9",
                "list | {'limit': 0} | from 1 to 100",
                "list | {'prefix': 5} | is a string",
                "delete | {} | \"key\" is missing",
                "delete | {'key': '*'} | a-z, 0-9",
            })
    void tellsTheModelWhatToRepair(String tool, String arguments, String expected) {
        assertThatThrownBy(() -> call(Objects.requireNonNull(tools.get(tool)), arguments))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @Test
    void refusesALongValue() {
        assertThatThrownBy(() -> remember("k", "\u00e9".repeat(9_000)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("18000 bytes in UTF-8; at most 16384");
    }

    @Test
    void whatIsShownIsWithinTheBounds() {
        IntStream.range(0, 100).forEach(i -> remember("k".repeat(100) + i, "\"x\" \\".repeat(20)));

        assertThat(call(list, "{'limit': 100}").toString()).hasSizeLessThan(40_000);
        assertThat(call(search, "{'query': 'x', 'limit': 20}").toString()).hasSizeLessThan(40_000);
    }

    @Test
    void saysThatTheMemoryIsAway() {
        try (Remembering away = Remembering.start(Map.of())) {
            away.redis().kill();
            List<Tool> tools = List.of(new MemoryGetTool(away.memory), new MemoryDeleteTool(away.memory));

            assertThat(tools)
                    .allSatisfy(
                            tool -> assertThatThrownBy(
                                            () -> call(tool, Json.object().put("key", "k")))
                                    .isInstanceOf(ToolFailure.class)
                                    .hasMessage(
                                            "the memory does not answer at the moment; whether this call took effect is unknown"));
        }
    }

    @Test
    void declaresWhatEachDoesToTheWorld() {
        assertThat(Stream.of(get, search, list).map(tool -> tool.spec().sideEffects()))
                .containsOnly(SideEffects.READ_ONLY);
        assertThat(Stream.of(put, delete).map(tool -> tool.spec().sideEffects()))
                .containsOnly(SideEffects.IDEMPOTENT);
    }
}
