package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.EventReader.Event;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** Tasks' events as server-sent events. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class TaskEventsTest {

    @Inject
    ScriptedModel model;

    @Test
    void aWatcherSeesAllThatHappensThenTheStreamEnds() {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        try (EventReader reader = EventReader.get(RestAssured.port, "/task/" + id + "/events")) {
            assertThat(reader.next("task.created").id()).hasValue(1);

            Tasks.queue(id);

            List<Event> events = reader.rest().stream()
                    .filter(event -> event.id().isPresent())
                    .toList();
            assertThat(events)
                    .extracting(Event::name)
                    .containsExactly(
                            "task.queued",
                            "task.running",
                            "step.started",
                            "step.finished",
                            "step.started",
                            "step.finished",
                            "step.started",
                            "step.finished",
                            "task.succeeded");
            assertThat(events)
                    .extracting(event -> event.id().orElseThrow())
                    .isEqualTo(LongStream.rangeClosed(2, 10).boxed().toList());
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).contains("text/event-stream");
        }
    }

    @Test
    void eventsCarryWhatTheContractSays() {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        Tasks.run(id);

        List<Event> events = all(id);

        assertThat(events.get(0).data().getMap("$"))
                .containsOnlyKeys("task_id", "status", "at")
                .containsEntry("task_id", id)
                .containsEntry("status", "created");
        assertThat(events.get(2).data().getMap("$"))
                .containsOnlyKeys("task_id", "status", "at", "attempt")
                .containsEntry("status", "running")
                .containsEntry("attempt", 1);
        assertThat(events.get(3).data().getMap("$")).containsOnlyKeys("task_id", "at", "step");
        assertThat(events.get(3).data().getMap("step"))
                .containsEntry("step", 1)
                .containsEntry("kind", "model")
                .containsEntry("status", "running")
                .doesNotContainKeys("finished_at", "text", "tool_calls");
        assertThat(events.get(6).data().getMap("step"))
                .containsEntry("kind", "tool")
                .containsEntry("status", "succeeded")
                .containsEntry("tool_name", "calculator");
        assertThat(events.getLast().data().getMap("task"))
                .isEqualTo(Tasks.read(id).getMap("$"));
    }

    @Test
    void readingResumesBehindTheLastEvent() {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        Tasks.run(id);

        List<Event> events = all(id, "Last-Event-ID", "8");

        assertThat(events).extracting(event -> event.id().orElseThrow()).isEqualTo(List.of(9L, 10L));
    }

    @Test
    void readingBehindTheFinalEventTellsNotToReconnect() {
        String id = Tasks.create("hello");
        Tasks.cancel(id);

        for (String last : List.of("2", "3", "999999")) {
            RestAssured.given()
                    .header("Last-Event-ID", last)
                    .get("/task/{id}/events", id)
                    .then()
                    .statusCode(204);
        }
    }

    @Test
    void aTaskThatIsCancelledEndsTheStream() {
        String id = Tasks.create("hello");
        try (EventReader reader = EventReader.get(RestAssured.port, "/task/" + id + "/events")) {
            reader.next("task.created");

            Tasks.cancel(id);

            assertThat(reader.rest()).extracting(Event::name).isEqualTo(List.of("task.cancelled"));
        }
    }

    @Test
    void aLiveWatcherSeesTheModelsTextAsItComes() {
        model.play(
                "tell me slowly",
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom()
                                        .ticks()
                                        .every(Duration.ofMillis(120))
                                        .select()
                                        .first(5)
                                        .map(tick -> (ModelEvent) new ModelEvent.TextDelta("word" + tick + " ")),
                                Multi.createFrom().item(ScriptedModel.answer("word0 word1 word2 word3 word4"))));
        String id = Tasks.create("tell me slowly");
        try (EventReader reader = EventReader.get(RestAssured.port, "/task/" + id + "/events")) {
            reader.next("task.created");

            Tasks.queue(id);

            List<Event> events = reader.rest();
            List<Event> deltas = events.stream()
                    .filter(event -> event.name().equals("model.delta"))
                    .toList();
            assertThat(deltas).isNotEmpty().allSatisfy(event -> {
                assertThat(event.id()).isEmpty();
                assertThat(event.data().getMap("$"))
                        .containsOnlyKeys("task_id", "step", "text")
                        .containsEntry("task_id", id)
                        .containsEntry("step", 1);
            });
            assertThat(deltas.getFirst().data().getString("text")).startsWith("word0 ");
            assertThat(events.getLast().name()).isEqualTo("task.succeeded");
        }
    }

    @Test
    void anUnknownTaskIsAnOrdinaryProblem() {
        RestAssured.given()
                .accept("text/event-stream")
                .get("/task/t0-00000000000000000000000000/events")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not_found"));
    }

    @Test
    void headAnswersWithoutAStream() {
        RestAssured.head("/task/{id}/events", Tasks.create("hello"))
                .then()
                .statusCode(200)
                .contentType("text/event-stream");
    }

    private static List<Event> all(String id, String... headers) {
        try (EventReader reader = EventReader.get(RestAssured.port, "/task/" + id + "/events", headers)) {
            return reader.rest();
        }
    }
}
