package org.mcpagentic.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class IdempotencyTest {

    @Test
    void readsTheKey() {
        order("tea")
                .header("Idempotency-Key", "a b~1")
                .when()
                .post("/order")
                .then()
                .body("key", equalTo("a b~1"));
    }

    @Test
    void doesWithoutAKey() {
        order("tea").when().post("/order").then().body("$", not(hasKey("key")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ü"})
    void refusesMalformedKeys(String key) {
        order("tea")
                .header("Idempotency-Key", key)
                .when()
                .post("/order")
                .then()
                .statusCode(400)
                .body("code", equalTo("bad_header"));
    }

    @Test
    void refusesKeysThatAreTooLongOrTwo() {
        order("tea")
                .header("Idempotency-Key", "k".repeat(129))
                .when()
                .post("/order")
                .then()
                .statusCode(400);
        order("tea")
                .header("Idempotency-Key", "a", "b")
                .when()
                .post("/order")
                .then()
                .statusCode(400);
    }

    @Test
    void fingerprintsTellRequestsApartByBodyAndPath() {
        String first = order("tea").post("/order").path("fingerprint");
        String again = order("tea").post("/order").path("fingerprint");

        assertThat(again)
                .matches("[0-9a-f]{64}")
                .isEqualTo(first)
                .isNotEqualTo(order("mate").post("/order").path("fingerprint"))
                .isNotEqualTo(order("tea").post("/order/blocking").path("fingerprint"));
    }

    private static RequestSpecification order(String text) {
        return RestAssured.given().contentType(ContentType.JSON).body("{\"order_text\":\"" + text + "\"}");
    }
}
