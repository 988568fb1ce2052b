package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** The figures of tasks, and the tools that there are. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class StatsTest {

    @Inject
    ScriptedModel model;

    @Test
    void theFiguresRiseByExactlyTheWorkDone() {
        model.play(
                "that goes wrong",
                before -> Multi.createFrom()
                        .failure(new ModelException(ModelException.Kind.PERMANENT, "no", Optional.empty())));
        model.play("that goes well", before -> Multi.createFrom().item(ScriptedModel.answer("well")));
        JsonPath before = Tasks.statistics();

        Tasks.run(Tasks.create("that goes well"));
        Tasks.run(Tasks.create("What is 6 * 7?", "calculator"));
        Tasks.run(Tasks.create("that goes wrong"));
        Tasks.cancel(Tasks.create("never run"));
        JsonPath after = Tasks.statistics();

        assertThat(rise(before, after, "queries_processed")).isEqualTo(3);
        assertThat(rise(before, after, "successful_queries")).isEqualTo(2);
        assertThat(rise(before, after, "failed_queries")).isEqualTo(1);
        assertThat(rise(before, after, "cancelled_queries")).isZero();
        assertThat(rise(before, after, "tool_calls")).isEqualTo(1);
        assertThat(rise(before, after, "tasks.succeeded")).isEqualTo(2);
        assertThat(rise(before, after, "tasks.failed")).isEqualTo(1);
        assertThat(rise(before, after, "tasks.cancelled")).isEqualTo(1);
        assertThat(rise(before, after, "input_tokens")).isGreaterThanOrEqualTo(7);
        assertThat(after.getDouble("total_response_time")).isGreaterThan(before.getDouble("total_response_time"));
        assertThat(after.getDouble("cost_usd") - before.getDouble("cost_usd"))
                .isCloseTo(0.000021, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(after.getMap("$"))
                .containsOnlyKeys(
                        "queries_processed",
                        "successful_queries",
                        "failed_queries",
                        "cancelled_queries",
                        "total_response_time",
                        "session_start_time",
                        "active_sessions",
                        "success_rate",
                        "average_response_time",
                        "p50_response_time",
                        "p95_response_time",
                        "input_tokens",
                        "output_tokens",
                        "cost_usd",
                        "queue_depth",
                        "oldest_queued_age",
                        "tool_calls",
                        "tasks");
    }

    @Test
    void aTaskThatIsCancelledAfterItWasQueuedCountsAsProcessed() {
        ScriptedModel.Silence silence = model.silentFor("cancel me while I think");
        String id = Tasks.create("cancel me while I think");
        JsonPath before = Tasks.statistics();
        Tasks.queue(id);
        silence.asked().join();

        Tasks.cancel(id);

        Tasks.awaitCancelled(id);
        JsonPath after = Tasks.statistics();
        assertThat(rise(before, after, "queries_processed")).isEqualTo(1);
        assertThat(rise(before, after, "cancelled_queries")).isEqualTo(1);
        assertThat(rise(before, after, "tasks.running")).isZero();
    }

    @Test
    void eachSessionCountsOnce() {
        JsonPath before = Tasks.statistics();
        String session = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            RestAssured.given()
                    .header("Session-Id", session)
                    .contentType("application/json")
                    .body(Map.of("input", "hello"))
                    .post("/task")
                    .then()
                    .statusCode(201);
        }

        JsonPath after = Tasks.statistics();

        assertThat(rise(before, after, "active_sessions")).isEqualTo(1);
        assertThat(rise(before, after, "tasks.created")).isEqualTo(2);
    }

    @Test
    void aWatcherGetsTheFiguresAtOnceAndOnChange() {
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play("finish while you watch", before -> Multi.createFrom().completionStage(end));
        String id = Tasks.create("finish while you watch");
        try (EventReader reader = EventReader.get(RestAssured.port, "/stats")) {
            int before = reader.next("stats").data().getInt("successful_queries");
            Tasks.queue(id);

            end.complete(ScriptedModel.answer("finished"));

            int after = before;
            while (after == before) {
                after = reader.next("stats").data().getInt("successful_queries");
            }
            assertThat(after).isEqualTo(before + 1);
        }
    }

    @Test
    void theToolsAreListedInOrderOfName() {
        RestAssured.get("/tool")
                .then()
                .statusCode(200)
                .body(
                        "items.name",
                        contains(
                                "calculator",
                                "csv_summary",
                                "date_time",
                                "encoding",
                                "hash",
                                "http_fetch",
                                "json_query",
                                "memory_delete",
                                "memory_get",
                                "memory_list",
                                "memory_put",
                                "memory_search",
                                "text_statistics"))
                .body("items.findAll { it.side_effects == 'idempotent' }.name", contains("memory_delete", "memory_put"))
                .body("items.findAll { it.side_effects == 'read_only' }", hasSize(11))
                .body("items.input_schema.type", everyItem(is("object")))
                .body("items[0].deadline", equalTo(5))
                .body("items[0].max_output_chars", equalTo(10_000))
                .body("items", everyItem(hasKey("description")));
        assertThat(RestAssured.get("/tool").jsonPath().getMap("items[0]").keySet())
                .isEqualTo(java.util.Set.copyOf(List.of(
                        "name", "description", "input_schema", "side_effects", "deadline", "max_output_chars")));
    }

    private static long rise(JsonPath before, JsonPath after, String figure) {
        return after.getLong(figure) - before.getLong(figure);
    }
}
