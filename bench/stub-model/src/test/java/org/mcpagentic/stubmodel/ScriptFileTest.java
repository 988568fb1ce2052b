package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mcpagentic.stubmodel.Client.object;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptFileTest {
    static Stream<Arguments> replies() {
        return Stream.of(
                Arguments.of("{\"text\": \"hi\"}", Reply.text("hi")),
                Arguments.of(
                        """
                        {"thinking": "hm", "text": "hi", "signature": "c2ln", "finish": "MAX_TOKENS",
                         "usage": {"input": 10, "output": 5}, "first_token": "50ms", "between": "1s", "chunks": 3,
                         "fragment": 7}
                        """,
                        Reply.thinking("hm")
                                .text("hi")
                                .signed("c2ln")
                                .finish("MAX_TOKENS")
                                .usage(10, 0, 5, 0)
                                .firstTokenAfter(Duration.ofMillis(50))
                                .between(Duration.ofSeconds(1))
                                .chunks(3)
                                .inFragmentsOf(7)),
                Arguments.of(
                        """
                        {"calls": [{"name": "add", "arguments": {"a": 1}}, {"name": "now"},
                         {"name": "bad", "arguments": "{not json"}], "signature": ""}
                        """,
                        Reply.calls(
                                        Call.of("add", object().put("a", 1)),
                                        Call.of("now"),
                                        Call.broken("bad", "{not json"))
                                .unsigned()),
                Arguments.of("{\"ending\": \"no_candidate\"}", Reply.emptyCandidates()),
                Arguments.of("{\"ending\": \"prompt_blocked\"}", Reply.blockedPrompt()),
                Arguments.of(
                        "{\"text\": \"a b\", \"fault\": {\"kind\": \"stall\", \"after\": 1}}",
                        Reply.text("a b").stallAfter(1)),
                Arguments.of(
                        "{\"text\": \"a b\", \"fault\": {\"kind\": \"cut\", \"after\": 1}}",
                        Reply.text("a b").cutAfter(1)),
                Arguments.of(
                        "{\"text\": \"a b\", \"fault\": {\"kind\": \"malformed_chunk\"}}",
                        Reply.text("a b").malformedChunkAfter(0)),
                Arguments.of(
                        "{\"text\": \"a b\", \"fault\": {\"kind\": \"endless_line\", \"bytes\": 9}}",
                        Reply.text("a b").endlessLine(9)),
                Arguments.of(
                        "{\"text\": \"a b\", \"fault\": {\"kind\": \"error\", \"after\": 1, \"error\": \"overloaded\"}}",
                        Reply.text("a b").failAfter(1, Reply.overloaded())),
                Arguments.of(
                        "{\"text\": \"a b\", \"fault\": {\"kind\": \"bare_error\", \"error\": \"internal\"}}",
                        Reply.text("a b").failBareAfter(0, Reply.internal())),
                Arguments.of(
                        "{\"error\": \"rate_limited\", \"retry_delay\": \"2s\"}",
                        Reply.rateLimited(Duration.ofSeconds(2))),
                Arguments.of(
                        "{\"error\": \"overloaded\", \"after\": \"1s\"}",
                        Reply.overloaded().after(Duration.ofSeconds(1))),
                Arguments.of(
                        "{\"status\": 418, \"body\": {\"pot\": 1}, \"headers\": {\"x-pot\": \"tea\"}}",
                        Reply.status(418, object().put("pot", 1), Map.of("x-pot", "tea"))),
                Arguments.of(
                        "{\"status\": 200, \"content_type\": \"text/html\", \"body\": \"<p>\"}",
                        Reply.rawBody("text/html", "<p>")),
                Arguments.of("{\"silent\": true}", Reply.silent()),
                Arguments.of(
                        "{\"per_attempt\": [{\"error\": \"overloaded\"}, {\"text\": \"ok\"}]}",
                        Reply.perAttempt(Reply.overloaded(), Reply.text("ok"))));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyIsReadAsItIsWritten(String written, Reply reply) {
        List<Reply> read = ScriptFile.replies(List.of(Client.json(written)), "default");

        assertThat(read).containsExactly(reply);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"rule\": []} | script has no field rule",
                "{\"rules\": {}} | script.rules is to be a list",
                "{\"rules\": [{\"then\": []}]} | rules[0].when is missing",
                "{\"rules\": [{\"when\": 1, \"then\": []}]} | rules[0].when is to be a text",
                "{\"default\": [\"hi\"]} | default[0] is to be an object",
                "{\"default\": [{\"txt\": \"hi\"}]} | default[0] has no field txt",
                "{\"default\": [{\"error\": \"oops\"}]} | default[0].error is one of",
                "{\"default\": [{\"ending\": \"oops\"}]} | default[0].ending is no_candidate or prompt_blocked",
                "{\"default\": [{\"text\": \"a\", \"chunks\": 1.5}]} | default[0].chunks is to be a whole number",
                "{\"default\": [{\"text\": \"a\", \"fault\": {\"kind\": \"oops\"}}]} | default[0].fault.kind is none of",
                "{\"default\": [{\"text\": \"a\", \"between\": \"soon\"}]} | a time is written as",
                "{\"default\": [{\"calls\": [{\"nam\": \"x\"}]}]} | default[0].calls[0].name is missing"
            })
    void whatIsWrongIsSaidWithItsPlace(String script, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptFile.of(Client.json(script)))
                .withMessageContaining(message);
    }

    @Test
    void aScriptWithoutADefaultLeavesTheOneThereIs() {
        ScriptFile script = ScriptFile.of(Client.json("{\"rules\": []}"));
        try (StubModel stub = StubModel.start();
                HttpClient http = HttpClient.newHttpClient()) {
            stub.byDefault(Reply.overloaded());

            script.applyTo(stub);

            Client.Got got = new Client(stub, http).openAi(Client.messages(Client.message("user", "x")));
            assertThat(got.status()).isEqualTo(503);
        }
    }
}
