package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.stubmodel.Client.array;
import static org.mcpagentic.stubmodel.Client.content;
import static org.mcpagentic.stubmodel.Client.contents;
import static org.mcpagentic.stubmodel.Client.object;
import static org.mcpagentic.stubmodel.Client.response;
import static org.mcpagentic.stubmodel.Client.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiRefusalsTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private StubModel stub = StubModel.start();

    @AfterEach
    void stop() {
        stub.close();
        http.close();
    }

    @Test
    void aWrongKeyIsAnInvalidArgumentWithItsReason() {
        stub = replaced(StubModel.builder().key("right"));

        Client.Got got =
                client().send(client().geminiRequest("generateContent", hello()).header("x-goog-api-key", "wrong"));

        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(got.json().at("/error/details/0/reason").asText()).isEqualTo("API_KEY_INVALID");
    }

    @Test
    void aMissingKeyIsForbidden() {
        stub = replaced(StubModel.builder().key("right"));

        Client.Got got = client().gemini(hello());

        assertThat(got.status()).isEqualTo(403);
        assertThat(got.json().at("/error/status").asText()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void theRightKeyIsTakenFromTheHeaderAndFromTheQuery() {
        stub = replaced(StubModel.builder().key("right"));

        Client.Got header =
                client().send(client().geminiRequest("generateContent", hello()).header("x-goog-api-key", "right"));
        Client.Got query = client().send(client().geminiRequest("generateContent?key=right", hello()));

        assertThat(header.status()).isEqualTo(200);
        assertThat(query.status()).isEqualTo(200);
    }

    @Test
    void aModelThatThereIsNoneOfIsNotFound() {
        stub = replaced(StubModel.builder().models("gemini-other"));

        Client.Got got = client().gemini(hello());

        assertThat(got.status()).isEqualTo(404);
        assertThat(got.json().at("/error/message").asText()).contains("models/gemini-3-flash is not found");
    }

    static Stream<Arguments> whatGoogleRefuses() {
        ObjectNode question = content("user", text("add"));
        ObjectNode call = call("add");
        return Stream.of(
                Arguments.of("no contents", object(), "contents is not specified"),
                Arguments.of("a misspelt field", hello().put("system", "x"), "Unknown name \"system\""),
                Arguments.of(
                        "a field that a part has not",
                        contents(content("user", object().put("txt", "x"))),
                        "Unknown name \"txt\" at 'contents[0].parts[0]'"),
                Arguments.of("a role of another wire", contents(content("assistant", text("x"))), "valid role"),
                Arguments.of("no parts", contents(content("user")), "contents.parts must not be empty"),
                Arguments.of("an empty part", contents(content("user", object())), "oneof field 'data'"),
                Arguments.of("the model last", contents(question, content("model", text("x"))), "end with a user role"),
                Arguments.of(
                        "a call that is not answered",
                        contents(question, content("model", call), content("user", text("so?"))),
                        "number of function response parts"),
                Arguments.of(
                        "a response to no call",
                        contents(question, content("user", response("add", "1"))),
                        "immediately after a function call turn"),
                Arguments.of(
                        "a response of another name",
                        contents(question, content("model", call), content("user", response("sub", "1"))),
                        "names and ids match"),
                Arguments.of(
                        "a name of a function that is none", declaring("9lives", object()), "Invalid function name"),
                Arguments.of(
                        "a keyword that schemas here have not",
                        declaring("f", object().put("additionalProperties", false)),
                        "Unknown name \"additionalProperties\"" + " at 'tools[0].functionDeclarations[0].parameters'"),
                Arguments.of(
                        "a list of types",
                        declaring("f", object().set("type", array(object().textNode("string")))),
                        "Invalid value at 'tools[0].functionDeclarations[0].parameters.type'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatGoogleRefuses")
    void whatGoogleRefusesIsRefusedInItsWords(String what, ObjectNode body, String words) {
        Client.Got got = client().gemini(body);

        assertThat(got.status()).as(what).isEqualTo(400);
        assertThat(got.json().at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(got.json().at("/error/message").asText()).contains(words);
    }

    @Test
    void theDocumentedDummyPassesForASignature() {
        ObjectNode signed = call("add").put("thoughtSignature", "skip_thought_signature_validator");

        Client.Got got = client().gemini(contents(
                content("user", text("add")), content("model", signed), content("user", response("add", "1"))));

        assertThat(got.status()).isEqualTo(200);
    }

    @Test
    void aSignatureOfAnotherCallDoesNotFit() {
        stub.byDefault(Reply.calls(Call.of("other")));
        String others = client().gemini(hello())
                .json()
                .at("/candidates/0/content/parts/0/thoughtSignature")
                .asText();

        Client.Got got = client().gemini(contents(
                content("user", text("add")),
                content("model", call("add").put("thoughtSignature", others)),
                content("user", response("add", "1"))));

        assertThat(others).isNotEmpty();
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().at("/error/message").asText()).isEqualTo("Thought signature is not valid.");
    }

    @Test
    void aCallThatWasIssuedUnsignedComesBackUnsigned() {
        stub.byDefault(Reply.calls(Call.of("add")).unsigned());
        ObjectNode calls = (ObjectNode) client().gemini(hello()).json().at("/candidates/0/content");

        Client.Got got =
                client().gemini(contents(content("user", text("hello")), calls, content("user", response("add", "1"))));

        assertThat(calls.at("/parts/0").has("thoughtSignature")).isFalse();
        assertThat(got.status()).isEqualTo(200);
    }

    @Test
    void aSignatureThatWasScriptedIsTheOneToComeBack() {
        stub.byDefault(Reply.calls(Call.of("add")).signed("c2NyaXB0ZWQ="));
        ObjectNode calls = (ObjectNode) client().gemini(hello()).json().at("/candidates/0/content");

        Client.Got got =
                client().gemini(contents(content("user", text("hello")), calls, content("user", response("add", "1"))));

        assertThat(calls.at("/parts/0/thoughtSignature").asText()).isEqualTo("c2NyaXB0ZWQ=");
        assertThat(got.status()).isEqualTo(200);
    }

    @Test
    void signaturesOfEarlierTurnsAreNotValidated() {
        Client.Got got = client().gemini(contents(
                content("user", text("add")),
                content("model", call("add")),
                content("user", response("add", "1")),
                content("model", text("1")),
                content("user", text("and now?"))));

        assertThat(got.status()).isEqualTo(200);
    }

    @Test
    void signaturesNeedNotComeBackWhereTheyAreNotRequired() {
        stub = replaced(StubModel.builder().requiringSignatures(false));

        Client.Got got = client().gemini(contents(
                content("user", text("add")), content("model", call("add")), content("user", response("add", "1"))));

        assertThat(got.status()).isEqualTo(200);
    }

    private StubModel replaced(StubModelBuilder settings) {
        stub.close();
        return settings.build();
    }

    private Client client() {
        return new Client(stub, http);
    }

    private static ObjectNode hello() {
        return contents(content("user", text("hello")));
    }

    private static ObjectNode call(String name) {
        ObjectNode part = object();
        part.putObject("functionCall").put("name", name).putObject("args");
        return part;
    }

    private static ObjectNode declaring(String name, ObjectNode parameters) {
        ObjectNode body = hello();
        body.putArray("tools")
                .addObject()
                .putArray("functionDeclarations")
                .addObject()
                .put("name", name)
                .put("description", "does it")
                .set("parameters", parameters);
        return body;
    }
}
