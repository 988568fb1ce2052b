package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;

/** Lists of tasks, page by page. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class TaskListTest {

    @Test
    void pagesFollowEachOtherNewestFirstWithoutGaps() {
        List<String> created = new ArrayList<>(
                IntStream.range(0, 5).mapToObj(i -> Tasks.create("number " + i)).toList());

        List<String> listed = new ArrayList<>();
        JsonPath page = list("limit=2");
        listed.addAll(page.getList("items.task_id"));
        page = list("limit=2&cursor=" + page.getString("next_cursor"));
        listed.addAll(page.getList("items.task_id"));
        page = list("limit=1&cursor=" + page.getString("next_cursor"));
        listed.addAll(page.getList("items.task_id"));

        assertThat(listed).isEqualTo(created.reversed());
    }

    @Test
    void aListLeavesTheStepsOut() {
        Tasks.run(Tasks.create("What is 6 * 7?", "calculator"));

        JsonPath page = list("limit=1");

        assertThat(page.getMap("items[0]")).containsEntry("status", "succeeded").doesNotContainKey("steps");
    }

    @Test
    void theLastPageHasNoCursor() {
        Tasks.create("hello");

        JsonPath page = list("limit=200");
        while (page.getString("next_cursor") != null) {
            page = list("limit=200&cursor=" + page.getString("next_cursor"));
        }

        assertThat(page.getMap("$")).containsOnlyKeys("items");
    }

    @Test
    void aStatusPicksThoseThatHaveIt() {
        String cancelled = Tasks.create("not that");
        Tasks.cancel(cancelled);
        Tasks.create("but that");

        JsonPath page = list("limit=1&status=cancelled");

        assertThat(page.getList("items.task_id")).isEqualTo(List.of(cancelled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=many",
                "limit=1.5",
                "limit=99999999999",
                "cursor=!",
                "cursor=zzzzzzzzzzzzzzzz",
                "cursor=A",
                "status=done",
                "status=RUNNING"
            })
    void parametersThatAreNoneAreRefused(String parameters) {
        RestAssured.get("/task?" + parameters)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("bad_parameter"));
    }

    private static JsonPath list(String parameters) {
        return RestAssured.get("/task?" + parameters)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
