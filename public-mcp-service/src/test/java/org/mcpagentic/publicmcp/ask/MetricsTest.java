package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.publicmcp.support.Questions;
import org.mcpagentic.testsupport.Metrics;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** What Prometheus reads. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class MetricsTest {

    @Inject
    ScriptedModel model;

    @Test
    void countsRiseByExactlyTheWorkDone() {
        model.play(
                "measure a failure",
                before -> Multi.createFrom()
                        .failure(new ModelException(ModelException.Kind.PERMANENT, "no", Optional.empty())));
        model.play("measure an answer", before -> Multi.createFrom().item(ScriptedModel.answer("well")));
        Metrics before = Metrics.scrape();

        Questions.ask("measure an answer").then().statusCode(200);
        Questions.ask("measure a failure").then().statusCode(502);
        Metrics after = Metrics.scrape();

        assertThat(after.rise(before, "gen_ai_client_operation_duration_seconds_count", "outcome=\"succeeded\""))
                .isEqualTo(1);
        assertThat(after.rise(before, "gen_ai_client_operation_duration_seconds_count", "outcome=\"failed\""))
                .isEqualTo(1);
        assertThat(after.rise(before, "gen_ai_client_tokens_total", "gen_ai_token_type=\"input\""))
                .isEqualTo(7);
        assertThat(after.rise(before, "gen_ai_client_tokens_total", "gen_ai_token_type=\"output\""))
                .isEqualTo(3);
        assertThat(after.rise(before, "redis_script_seconds_count", "script=\"admit\""))
                .isEqualTo(2);
        assertThat(after.rise(before, "redis_script_seconds_count", "script=\"settle\""))
                .isEqualTo(2);
        assertThat(after.rise(before, "http_server_requests_seconds_count", "method=\"POST\"", "uri=\"/ask\""))
                .isEqualTo(2);
    }

    @Test
    void whatWasAskedMakesNoSeriesOfItsOwn() {
        String id = Questions.ask("hello").path("response_id");
        Questions.read(id);

        assertThat(Metrics.scrape().text()).doesNotContain(id, "hello");
    }
}
