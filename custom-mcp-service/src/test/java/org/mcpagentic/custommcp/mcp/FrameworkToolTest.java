package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.McpClient.Came;
import org.mcpagentic.testsupport.RedisOfTests;

/** Tools of the framework that an MCP client calls itself. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class FrameworkToolTest {

    private static final int INVALID_PARAMS = -32602;

    @Inject
    PostNoteTool notes;

    @Inject
    ObjectMapper json;

    @Test
    void returnsWhatTheToolDoes() {
        Came came = first().call("calculator", Map.of("expression", "6 * 7"));

        assertThat(came.isError()).isFalse();
        assertThat(came.structured().path("result").toString()).contains("42");
        assertThat(came.text()).contains("42");
        assertThat(came.structured().path("truncated").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "calculator|{'expression':'2/3'}",
                "text_statistics|{'text':'one two three'}",
                "encoding|{'operation':'encode','format':'hex','text':'abc'}",
                "json_query|{'json':'[1,2]','query':'[0]'}",
                "csv_summary|{'csv':'a,b\\n1,2\\n'}",
                "memory_put|{'key':'k','value':'v'}",
                "memory_get|{'key':'k'}",
                "memory_list|{}",
            })
    void structuredResultsFitTheDeclaredSchema(String tool, String arguments) throws JsonProcessingException {
        McpClient client = first();
        Map<String, Object> given = json.readValue(arguments.replace('\'', '"'), new TypeReference<>() {});

        Came came = client.call(tool, given);

        assertThat(came.isError()).as(came.text()).isFalse();
        Declared.to(client).fits(tool, came.structured());
    }

    @Test
    void whatOnlyLooksLikeJsonIsText() {
        Came came = first().call("encoding", Map.of("operation", "decode", "format", "hex", "text", "5b312c"));

        assertThat(came.structured().path("result").path("result").asText()).isEqualTo("[1,");
    }

    @Test
    void argumentsThatDoNotFitAreForTheModelToRepair() {
        Came came = first().call("calculator", Map.of("expression", 7));

        assertThat(came.status()).isEqualTo(200);
        assertThat(came.isError()).isTrue();
        assertThat(came.text()).contains("expression");
    }

    @Test
    void soIsWhatTheToolCannotDo() {
        Came came = first().call("calculator", Map.of("expression", "1 / 0"));

        assertThat(came.isError()).isTrue();
        assertThat(came.text()).isNotBlank();
        assertThat(came.structured().isMissingNode()).isTrue();
    }

    @Test
    void aMissingScopeIsAChallengeThatNamesIt() {
        McpClient client = McpClient.of(AccessOn.key("default", "tools:calculator", "tasks:write"));

        Came came = client.call("encoding", Map.of());

        assertThat(came.status()).isEqualTo(403);
        assertThat(came.challenge()).contains("Bearer error=\"insufficient_scope\", scope=\"tools:encoding\"");
        assertThat(client.call("get_task", Map.of("task_id", "x")).challenge())
                .contains("Bearer error=\"insufficient_scope\", scope=\"tasks:read\"");
    }

    @Test
    void aToolThatThereIsNotIsUnknown() {
        assertThat(first().call("crystal_ball", Map.of()).code()).isEqualTo(INVALID_PARAMS);
    }

    @Test
    void whatThePolicyDeniesIsNotDone() {
        String note = Notes.unique("never");

        Came came = first().showingForms().call(PostNoteTool.NAME, Map.of("text", note));

        assertThat(came.isError()).isTrue();
        assertThat(came.text()).contains("nobody says never");
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void aPersonAtTheClientIsAskedAndMayApprove() {
        String note = Notes.unique("ask me");
        McpClient client = first().showingForms();
        Map<String, ?> arguments = Map.of("text", note);

        JsonNode asked = client.call(PostNoteTool.NAME, arguments).result();
        int before = notes.posted();
        Came came = client.answer(PostNoteTool.NAME, arguments, asked, inputs(asked, "approve"));

        assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
        assertThat(asked.path("inputRequests").path(0).isMissingNode()).isTrue();
        assertThat(asked.path("inputRequests").toString()).contains("elicitation/create", note);
        assertThat(before).isLessThan(notes.posted());
        assertThat(came.text()).startsWith("posted, number ");
        assertThat(notes.texts()).containsOnlyOnce(note);
        Declared.to(client).fits(PostNoteTool.NAME, came.structured());
    }

    @ParameterizedTest
    @ValueSource(strings = {"refuse", "", "APPROVE"})
    void whatThePersonDoesNotApproveIsNotDone(String decision) {
        String note = Notes.unique("refuse me");
        McpClient client = first().showingForms();
        Map<String, ?> arguments = Map.of("text", note);
        JsonNode asked = client.call(PostNoteTool.NAME, arguments).result();

        Came came = client.answer(PostNoteTool.NAME, arguments, asked, inputs(asked, decision));

        assertThat(came.isError()).isTrue();
        assertThat(notes.texts()).doesNotContain(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decline", "cancel", "nonsense"})
    void aFormThatIsNotFilledInApprovesNothing(String action) {
        String note = Notes.unique("close me");
        McpClient client = first().showingForms();
        Map<String, ?> arguments = Map.of("text", note);
        JsonNode asked = client.call(PostNoteTool.NAME, arguments).result();

        Came came = client.answer(
                PostNoteTool.NAME,
                arguments,
                asked,
                Notes.toAll(
                        asked.path("inputRequests"),
                        Map.of("action", action, "content", Map.of("decision", "approve"))));

        assertThat(came.isError()).isTrue();
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void whatWasApprovedIsTheseArgumentsOfThisCaller() {
        String note = Notes.unique("approve me");
        String other = Notes.unique("not me");
        McpClient client = first().showingForms();
        JsonNode asked = client.call(PostNoteTool.NAME, Map.of("text", note)).result();
        McpClient stranger = McpClient.of(AccessOn.key("default", "tools:*", "approvals:decide"))
                .showingForms();

        Came otherArguments = client.answer(PostNoteTool.NAME, Map.of("text", other), asked, inputs(asked, "approve"));
        Came otherCaller = stranger.answer(PostNoteTool.NAME, Map.of("text", note), asked, inputs(asked, "approve"));

        assertThat(otherArguments.code()).isEqualTo(INVALID_PARAMS);
        assertThat(otherCaller.code()).isEqualTo(INVALID_PARAMS);
        assertThat(notes.texts()).doesNotContain(note, other);
    }

    @Test
    void anAnswerThatNobodyAskedForCountsForNothing() {
        String note = Notes.unique("unasked");
        McpClient client = first().showingForms();

        Came came = client.ask(
                "tools/call",
                Map.of(
                        "name",
                        PostNoteTool.NAME,
                        "arguments",
                        Map.of("text", note),
                        "inputResponses",
                        Map.of("approval", Notes.filledIn(Notes.APPROVE))));

        assertThat(came.result().path("resultType").asText()).isEqualTo("input_required");
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void whereNobodyCanBeAskedTheCallIsRefused() {
        String note = Notes.unique("nobody there");

        Came came = first().call(PostNoteTool.NAME, Map.of("text", note));

        assertThat(came.isError()).isTrue();
        assertThat(came.text()).contains("a person has to approve calls of post_note");
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void whoMayNotDecideIsNotAsked() {
        String note = Notes.unique("may not");
        McpClient client = McpClient.of(AccessOn.key("default", "tools:*")).showingForms();

        Came came = client.call(PostNoteTool.NAME, Map.of("text", note));

        assertThat(came.isError()).isTrue();
        assertThat(came.text()).contains("a person has to approve calls of post_note");
        assertThat(notes.texts()).doesNotContain(note);
    }

    @ParameterizedTest
    @CsvSource({"approve,true", "refuse,false"})
    void aSessionIsAskedOnTheStreamOfTheCall(String decision, boolean made) {
        String note = Notes.unique("in a session");
        McpClient client = first().showingForms().inSession();

        try (McpClient.Stream stream =
                client.open("tools/call", Map.of("name", PostNoteTool.NAME, "arguments", Map.of("text", note)))) {
            JsonNode question = stream.next("elicitation/create");
            int taken = client.reply(question, Notes.filledIn(Map.of("decision", decision)));

            Came came = stream.answer();

            assertThat(taken).isEqualTo(202);
            assertThat(question.path("params").path("message").asText()).contains(note);
            assertThat(came.isError()).isEqualTo(!made);
            assertThat(notes.texts().contains(note)).isEqualTo(made);
        }
    }

    private static Map<String, ?> inputs(JsonNode asked, String decision) {
        return Notes.toAll(asked.path("inputRequests"), Notes.filledIn(Map.of("decision", decision)));
    }

    private static McpClient first() {
        AccessOn.first();
        return McpClient.of(AccessOn.FIRST.text());
    }
}
