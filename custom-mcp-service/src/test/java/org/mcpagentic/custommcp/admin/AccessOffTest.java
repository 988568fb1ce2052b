package org.mcpagentic.custommcp.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.testsupport.RedisOfTests;

/** Where access control is off there are no keys, and nothing of them is in Redis. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class AccessOffTest {

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedis redis;

    @Test
    void thereIsNothingToAdminister() {
        RestAssured.get("/admin/key").then().statusCode(404).body("code", equalTo("not_found"));
        RestAssured.get("/admin/tenant").then().statusCode(404);
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "x", "scopes", List.of("ask")))
                .post("/admin/key")
                .then()
                .statusCode(404);

        assertThat(redis.command(
                        "EVAL", "return #redis.call('KEYS', '*apikey*') + #redis.call('KEYS', '*knowntenants*')", "0"))
                .isEqualTo("0");
    }
}
