package org.mcpagentic.custommcp.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** A worker that runs one task at a time: what waits behind it. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(OneSlotTest.OneSlot.class)
@Timeout(60)
class OneSlotTest {

    /** A worker with one slot. */
    public static final class OneSlot implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("worker.slots", "1");
        }
    }

    private static final int LANE = 21;

    @Inject
    ScriptedModel model;

    @Test
    void whatIsUrgentMostlyGoesFirstAndNothingStarves() {
        CompletableFuture<ModelEvent> end = occupy("stand in front");
        List<String> waiting = Stream.concat(
                        IntStream.range(0, LANE).mapToObj(i -> waiting("low")),
                        IntStream.range(0, LANE).mapToObj(i -> waiting("high")))
                .toList();

        end.complete(ScriptedModel.answer("go on"));

        List<String> started = waiting.stream()
                .map(Tasks::run)
                .map(task -> task.getString("started_at") + " " + task.getString("priority"))
                .sorted()
                .map(entry -> entry.substring(entry.indexOf(' ') + 1))
                .toList();
        // why not all: a lane is chosen by its share at each claim; six of seven turns take the urgent one here
        assertThat(started.subList(0, LANE)).filteredOn("high"::equals).hasSizeGreaterThan(LANE / 2);
        assertThat(started).hasSize(2 * LANE);
    }

    @Test
    void aTaskThatWaitsIsShownInTheFiguresAndCancelledAtOnce() {
        CompletableFuture<ModelEvent> end = occupy("stand in the way");
        String id = waiting("normal");
        JsonPath before = Tasks.statistics();

        Tasks.cancel(id).then().statusCode(200).body("status", equalTo("cancelled"));

        JsonPath after = Tasks.statistics();
        assertThat(before.getInt("queue_depth")).isEqualTo(1);
        assertThat(before.getDouble("oldest_queued_age")).isNotNegative();
        assertThat(after.getInt("queue_depth")).isZero();
        assertThat(after.getInt("queries_processed") - before.getInt("queries_processed"))
                .isEqualTo(1);
        assertThat(after.getInt("cancelled_queries") - before.getInt("cancelled_queries"))
                .isEqualTo(1);
        end.complete(ScriptedModel.answer("go on"));
    }

    /** Fills the slot until the future completes. */
    private CompletableFuture<ModelEvent> occupy(String input) {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(
                input,
                before ->
                        Multi.createFrom().completionStage(end).onSubscription().invoke(() -> asked.complete(true)));
        Tasks.queue(Tasks.create(input));
        asked.join();
        return end;
    }

    private static String waiting(String priority) {
        String id = Tasks.post(Map.of("input", "What is 6 * 7?", "tools", List.of("calculator"), "priority", priority))
                .path("task_id");
        Tasks.queue(id);
        return id;
    }
}
