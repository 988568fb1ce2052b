package org.mcpagentic.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.credential.Credentials;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.resource.ResourceUpdate;
import org.mcpagentic.mcp.session.Mailbox;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Until;

/** The revisions that have sessions. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class LegacyEraTest {

    private static final String SESSION = "Mcp-Session-Id";

    @Inject
    Keys keys;

    @Inject
    Mailbox mailbox;

    @Inject
    Credentials credentials;

    @Inject
    MeterRegistry metrics;

    private String token;
    private Wire ada;

    @BeforeEach
    void meet() {
        token = keys.with(Rights.ALL);
        ada = new Wire(RestAssured.port, token);
    }

    @Test
    void beginsASessionInTheRevisionThatIsWanted() {
        Wire.Came came = initialize(ada, "2025-06-18");

        assertThat(came.status()).isEqualTo(200);
        assertThat(came.header(SESSION)).matches("[A-Za-z0-9_-]{43}");
        assertThat(came.result().path("protocolVersion").asText()).isEqualTo("2025-06-18");
        assertThat(came.result().path("serverInfo").path("name").asText()).isEqualTo("mcp-of-tests");
    }

    @Test
    void offersItsNewestToWhoWantsAnother() {
        assertThat(initialize(ada, "1999-01-01")
                        .result()
                        .path("protocolVersion")
                        .asText())
                .isEqualTo("2025-11-25");
    }

    @Test
    void nothingIsServedWithoutASession() {
        Wire.Came came = ada.post(Wire.request("tools/list", Wire.read("{}")));

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.body().path("id").asInt()).isEqualTo(7);
    }

    @Test
    void aRevisionThatIsNotTheSessionsIsRefused() {
        String session = begin();
        String body = Wire.request("tools/list", Wire.read("{}"));

        Wire.Came other = ada.post(body, SESSION, session, "MCP-Protocol-Version", "2025-06-18");
        Wire.Came unserved = ada.post(body, SESSION, session, "MCP-Protocol-Version", "2024-11-05");

        assertThat(other.status()).isEqualTo(400);
        assertThat(other.code()).isEqualTo(McpError.INVALID_REQUEST);
        assertThat(other.body().path("id").asInt()).isEqualTo(7);
        assertThat(unserved.status()).isEqualTo(400);
        assertThat(ada.post(body, SESSION, session, "MCP-Protocol-Version", "2025-11-25")
                        .status())
                .isEqualTo(200);
        assertThat(ada.post(body, SESSION, session).status()).isEqualTo(200);
    }

    @Test
    void callsATool() {
        Wire.Came came = call(ada, begin(), "echo", "{\"text\":\"hello\"}");

        assertThat(came.result().path("content").path(0).path("text").asText()).isEqualTo("hello");
        assertThat(came.result().has("resultType")).isFalse();
    }

    @Test
    void anotherPrincipalsSessionIsUnknown() {
        String session = begin();
        Wire bob = new Wire(RestAssured.port, keys.with(Rights.ALL));

        assertThat(call(bob, session, "echo", "{\"text\":\"hello\"}").status()).isEqualTo(404);
        assertThat(bob.send("GET", SESSION, session).status()).isEqualTo(404);
        assertThat(bob.send("DELETE", SESSION, session).status()).isEqualTo(404);
        assertThat(bob.post("{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"result\":{}}", SESSION, session)
                        .status())
                .isEqualTo(404);
        assertThat(call(ada, session, "echo", "{\"text\":\"hello\"}").status()).isEqualTo(200);
    }

    @Test
    void aSessionThatHasEndedIsUnknown() {
        String session = begin();

        Wire.Came ended = ada.send("DELETE", SESSION, session);

        assertThat(ended.status()).isEqualTo(204);
        assertThat(call(ada, session, "echo", "{\"text\":\"hello\"}").status()).isEqualTo(404);
        assertThat(ada.send("DELETE", SESSION, session).status()).isEqualTo(404);
        assertThat(call(ada, "nonsense", "echo", "{}").status()).isEqualTo(404);
    }

    @Test
    void asksOnTheStreamOfTheCallAndGoesOnWithTheAnswer() {
        String session = begin();
        try (Wire.Stream stream = stream(session, "greet")) {
            JsonNode question = stream.message();

            Wire.Came taken = ada.post(answer(question.path("id").asText()), SESSION, session);

            assertThat(question.path("method").asText()).isEqualTo("elicitation/create");
            assertThat(taken.status()).isEqualTo(202);
            assertThat(text(stream.message())).isEqualTo("Hello, Ada!");
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void anAnswerThatReachedAnotherReplicaIsFoundInTheMailbox() {
        String session = begin();
        try (Wire.Stream stream = stream(session, "greet")) {
            String id = stream.message().path("id").asText();

            boolean taken = mailbox.deliver(
                            caller(token), session, id, new Mailbox.Mail(Optional.of((ObjectNode) Wire.read(ADA))))
                    .await()
                    .atMost(Duration.ofSeconds(5));

            assertThat(taken).isTrue();
            assertThat(text(stream.message())).isEqualTo("Hello, Ada!");
        }
    }

    @Test
    void answersOfOthersAreNotTaken() {
        String session = begin();
        String stranger = keys.with(Rights.ALL);
        try (Wire.Stream stream = stream(session, "greet")) {
            String id = stream.message().path("id").asText();
            Mailbox.Mail forged = new Mailbox.Mail(Optional.of((ObjectNode) Wire.read(ADA.replace("Ada", "Eve"))));

            assertThat(mailbox.deliver(caller(stranger), session, id, forged)
                            .await()
                            .atMost(Duration.ofSeconds(5)))
                    .isFalse();
            Wire eve = new Wire(RestAssured.port, stranger);
            String foreign = initialize(eve, "2025-11-25").header(SESSION);
            eve.post(answer(id).replace("Ada", "Eve"), SESSION, foreign);
            ada.post(answer(id), SESSION, session);

            assertThat(text(stream.message())).isEqualTo("Hello, Ada!");
        }
    }

    @Test
    void aClientThatCannotAnswerIsNotAsked() {
        String session = ada.post(Wire.request(
                        "initialize", Wire.read("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}")))
                .header(SESSION);

        Wire.Came came = call(ada, session, "greet", "{}");

        assertThat(came.code()).isEqualTo(McpError.INVALID_REQUEST);
        assertThat(came.body()
                        .path("error")
                        .path("data")
                        .path("requiredCapabilities")
                        .has("elicitation"))
                .isTrue();
    }

    @Test
    void aCancelledCallEndsWithoutAnAnswer() throws Exception {
        SmallService.cancelled = new CompletableFuture<>();
        String session = begin();
        try (Wire.Stream stream = ada.stream(
                "POST",
                Wire.request("tools/call", Wire.read("{\"name\":\"endless\",\"_meta\":{\"progressToken\":1}}")),
                SESSION,
                session)) {
            stream.message();

            ada.post(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
                    SESSION,
                    session);

            assertThat(SmallService.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void aCancellationThatReachedAnotherReplicaIsFoundInTheMailbox() throws Exception {
        SmallService.cancelled = new CompletableFuture<>();
        String session = begin();
        try (Wire.Stream stream = ada.stream(
                "POST",
                Wire.request("tools/call", Wire.read("{\"name\":\"endless\",\"_meta\":{\"progressToken\":1}}")),
                SESSION,
                session)) {
            stream.message();

            mailbox.cancel(caller(token), session, "7").await().atMost(Duration.ofSeconds(5));

            assertThat(SmallService.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aSessionHasSoManyRequestsUnderWayAndNoMore() {
        String session = begin();
        List<Wire.Stream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < SessionWork.MOST; i++) {
                streams.add(endless(session));
            }

            Wire.Came oneMore = call(ada, session, "echo", "{\"text\":\"hello\"}");

            assertThat(oneMore.code()).isEqualTo(McpError.INVALID_REQUEST);
            assertThat(call(ada, begin(), "echo", "{\"text\":\"hello\"}")
                            .result()
                            .has("content"))
                    .isTrue();
        } finally {
            // why cancelled too: in these revisions a lost connection cancels nothing
            ada.post(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
                    SESSION,
                    session);
            streams.forEach(Wire.Stream::close);
        }
        assertThat(call(ada, session, "echo", "{\"text\":\"hello\"}").result().has("content"))
                .isTrue();
    }

    @Test
    void whoIsGoneIsNotAskedAnyMore() {
        double before = failedCalls();
        String session = begin();

        try (Wire.Stream stream = stream(session, "greet")) {
            assertThat(stream.message().path("method").asText()).isEqualTo("elicitation/create");
        }

        Until.holds("the call has failed", Duration.ofSeconds(10), () -> failedCalls() > before);
    }

    @Test
    void aCallGoesOnWithoutItsConnectionAndCanBeCancelled() throws Exception {
        SmallService.cancelled = new CompletableFuture<>();
        String session = begin();
        endless(session).close();

        ada.post(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
                SESSION,
                session);

        assertThat(SmallService.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void logLinesComeFromTheLevelOnThatWasSet() {
        String session = begin();
        ada.post(Wire.request("logging/setLevel", Wire.read("{\"level\":\"debug\"}")), SESSION, session);

        try (Wire.Stream stream = stream(session, "chatter")) {
            assertThat(stream.message().path("params").path("data").asText()).isEqualTo("whispered");
            assertThat(stream.message().path("params").path("data").asText()).isEqualTo("shouted");
        }
    }

    @Test
    void theSessionsStreamTellsOfWatchedResources() throws Exception {
        String session = begin();
        ada.post(Wire.request("resources/subscribe", Wire.read("{\"uri\":\"test://0\"}")), SESSION, session);
        try (Wire.Stream stream = ada.stream("GET", "", SESSION, session)) {
            CompletableFuture<JsonNode> first = CompletableFuture.supplyAsync(stream::message);

            Until.holds("the stream tells of it", Duration.ofSeconds(10), () -> {
                SmallService.Resources.UPDATES.onNext(new ResourceUpdate("test://1"));
                SmallService.Resources.UPDATES.onNext(new ResourceUpdate("test://0"));
                return first.isDone();
            });

            assertThat(first.get().path("params").path("uri").asText()).isEqualTo("test://0");
        }
    }

    @Test
    void theSessionsStreamEndsWhereNothingWouldComeAnyMore() {
        String session = begin();
        ada.post(Wire.request("resources/subscribe", Wire.read("{\"uri\":\"test://lost\"}")), SESSION, session);

        try (Wire.Stream stream = ada.stream("GET", "", SESSION, session)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void aSecondStreamEndsTheFirst() {
        String session = begin();
        try (Wire.Stream first = ada.stream("GET", "", SESSION, session);
                Wire.Stream second = ada.stream("GET", "", SESSION, session)) {
            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).isEqualTo(200);
            assertThat(first.next()).isNull();
        }
    }

    private static final String ADA = "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}";

    private static String answer(String id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":" + ADA + "}";
    }

    private static String text(JsonNode message) {
        return message.path("result").path("content").path(0).path("text").asText();
    }

    private String begin() {
        return initialize(ada, "2025-11-25").header(SESSION);
    }

    private static Wire.Came initialize(Wire client, String version) {
        return client.post(
                Wire.request(
                        "initialize",
                        Wire.read(
                                "{\"protocolVersion\":\"" + version
                                        + "\",\"capabilities\":{\"elicitation\":{}},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}")));
    }

    private static Wire.Came call(Wire client, String session, String tool, String arguments) {
        return client.post(
                Wire.request("tools/call", Wire.read("{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}")),
                SESSION,
                session,
                "MCP-Protocol-Version",
                "2025-11-25");
    }

    private double failedCalls() {
        return metrics
                .find("mcp.request")
                .tag("method", "tools/call")
                .tag("era", "legacy")
                .tag("outcome", "failed")
                .timers()
                .stream()
                .mapToDouble(Timer::count)
                .sum();
    }

    private Wire.Stream endless(String session) {
        Wire.Stream stream = ada.stream(
                "POST",
                Wire.request("tools/call", Wire.read("{\"name\":\"endless\",\"_meta\":{\"progressToken\":1}}")),
                SESSION,
                session);
        stream.message();
        return stream;
    }

    private Wire.Stream stream(String session, String tool) {
        return ada.stream(
                "POST", Wire.request("tools/call", Wire.read("{\"name\":\"" + tool + "\"}")), SESSION, session);
    }

    private Caller caller(String of) {
        Principal principal = credentials
                .verify(Token.parse(of).orElseThrow())
                .await()
                .atMost(Duration.ofSeconds(5))
                .orElseThrow();
        return new Caller(principal, new SessionId("session-of-tests"), "");
    }
}
