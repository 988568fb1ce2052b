package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.mcpagentic.testsupport.Refusals.refused;
import static org.mcpagentic.testsupport.Refusals.request;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.custommcp.support.LostWorkers;
import org.mcpagentic.custommcp.support.OneSlot;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;

/** Tasks that no worker survived. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(OneSlot.class)
@Timeout(60)
class DeadLetterTest {

    @Inject
    LostWorkers lost;

    @Test
    void aTaskThatIsGivenUpIsListedWithEveryLoss() {
        String id = lost.aTaskThatIsGivenUp("kill who works on me");

        JsonPath listed = list("").jsonPath();

        assertThat(listed.getString("items[0].task_id")).isEqualTo(id);
        assertThat(listed.getString("items[0].status")).isEqualTo("failed");
        assertThat(listed.getString("items[0].error.code")).isEqualTo("worker_lost");
        List<Integer> attempts = listed.getList("items[0].losses.attempt");
        assertThat(attempts).hasSizeGreaterThan(1).isSorted().doesNotHaveDuplicates();
        assertThat(listed.getList("items[0].losses.reason", String.class)).containsOnly("worker_lost");
        assertThat(listed.getList("items[0].losses.worker", String.class))
                .allMatch(worker -> worker.startsWith("lost-"))
                .doesNotHaveDuplicates();
        assertThat(listed.getList("items[0].losses.at", String.class))
                .allMatch(at -> at.endsWith("Z"))
                .isSorted();
        assertThat(Tasks.read(id).getList("losses")).isEqualTo(listed.getList("items[0].losses"));
    }

    @Test
    void aTaskThatIsRunAgainIsOffTheList() {
        String id = lost.aTaskThatIsGivenUp("be given up and run again");

        String again = RestAssured.post("/task/{id}/retry", id)
                .then()
                .statusCode(201)
                .extract()
                .path("task_id");

        assertThat(Tasks.run(again).getString("retry_of")).isEqualTo(id);
        assertThat(list("").jsonPath().getList("items.task_id")).doesNotContain(id, again);
    }

    @Test
    void theListComesInPagesNewestFirst() {
        String first = lost.aTaskThatIsGivenUp("page one");
        String second = lost.aTaskThatIsGivenUp("page two");

        JsonPath page = list("?limit=1").jsonPath();
        JsonPath next = list("?limit=1&cursor=" + page.getString("next_cursor")).jsonPath();

        assertThat(page.getList("items.task_id")).containsExactly(second);
        assertThat(next.getList("items.task_id")).containsExactly(first);
    }

    @Test
    void aTaskThatFailedOtherwiseIsNotListed() {
        String id = Tasks.create("never run");
        Tasks.cancel(id).then().statusCode(200).body("losses", equalTo(null));

        assertThat(list("").jsonPath().getList("items.task_id")).doesNotContain(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?limit=x", "?cursor=-"})
    void parametersThatAreWrong(String query) {
        refused(request("/dead-letter" + query), 400, "bad_parameter");
    }

    private static Response list(String query) {
        return RestAssured.get("/dead-letter" + query)
                .then()
                .statusCode(200)
                .extract()
                .response();
    }
}
