package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** A secret of the service's environment that a model came to know reaches no answer, and no log in JSON. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(CanaryTest.WithCanary.class)
class CanaryTest {

    private static final String CANARY = "canary.of-the-environment/42";

    @Inject
    ScriptedModel model;

    /** The service holds a key, and logs as in production. */
    public static final class WithCanary implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("probe.api-key", CANARY, "quarkus.log.console.json.enabled", "true");
        }
    }

    @Test
    void aSecretReachesNoAnswer() {
        model.play("spill it", before -> Multi.createFrom().item(ScriptedModel.answer("it is " + CANARY)));

        Response response = ask("spill it", ContentType.JSON.toString());

        response.then().statusCode(200);
        assertThat(response.<String>path("response")).isEqualTo("it is [masked: secret]");
        assertThat(RestAssured.get("/response/{id}", response.<String>path("response_id"))
                        .asString())
                .contains("it is [masked: secret]");
    }

    @Test
    void aSecretReachesNoAnswerThatIsStreamedHoweverItWasCut() {
        model.play(
                "stream it",
                before -> Multi.createFrom()
                        .items(
                                new TextDelta("it is " + CANARY.charAt(0)),
                                new TextDelta(CANARY.substring(1, 12)),
                                new TextDelta(CANARY.substring(12) + "!"),
                                ScriptedModel.answer("it is " + CANARY + "!")));

        String events = ask("stream it", "text/event-stream").asString();

        assertThat(events).contains("event: response").contains("{\"text\":\"it is \"}", "[masked: secret]!");
        assertThat(events).doesNotContain(CANARY.substring(0, 12)).doesNotContain(CANARY.substring(12));
    }

    @Test
    void aSecretInAFailureReachesNobody() {
        model.play(
                "fail with it",
                before -> Multi.createFrom()
                        .failure(new ModelException(
                                ModelException.Kind.PERMANENT, "the key " + CANARY + " is wrong", Optional.empty())));

        Response response = ask("fail with it", ContentType.JSON.toString());

        response.then().statusCode(502);
        assertThat(response.<String>path("detail")).isEqualTo("the key [masked: secret] is wrong");
    }

    @Test
    void aSecretReachesNoLogInJson() {
        Handler console = Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .findFirst()
                .orElseThrow();
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "key %s", ExtLogRecord.FormatStyle.PRINTF, "probe");
        record.setParameters(new Object[] {CANARY});
        record.setThrown(new IllegalStateException("broke", new IllegalArgumentException("in " + CANARY)));
        record.putMdc("user", CANARY);

        console.getFilter().isLoggable(record);

        assertThat(console.getFormatter().format(record))
                .startsWith("{")
                .contains("key [masked: secret]", "in [masked: secret]")
                .doesNotContain(CANARY);
    }

    private static Response ask(String query, String accept) {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .accept(accept)
                .body(Map.of("query", query))
                .post("/ask");
    }
}
