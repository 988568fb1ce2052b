package org.mcpagentic.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mcpagentic.edge.access.RouteAudit;
import org.mcpagentic.edge.access.RouteTable;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Until;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(RedisOfTests.class)
class RoutesTest {
    @Inject
    RouteTable routes;

    @Test
    void theTableNamesEveryResourceMethodAndThePagesFiles() {
        RouteAudit audit = RouteAudit.of(routes);

        assertThat(audit.unlisted()).isEmpty();
        assertThat(audit.unserved())
                .containsExactlyInAnyOrderElementsOf(
                        Routes.FILES.stream().map(path -> "GET " + path).toList());
    }

    @Test
    void whatTheTableDoesNotNameIsNotServed() {
        given().get("/vendor").then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void isReadyOnceRedisAnswers() {
        Until.holds(
                "the service is ready",
                Duration.ofSeconds(10),
                () -> given().get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void countsItsRequests() {
        given().get("/api/tool").then().statusCode(200);

        given().get("/q/metrics").then().statusCode(200).body(containsString("http_server_requests_seconds_count"));
    }

    @Test
    void nobodyHasToSignInWhereAccessControlIsOff() {
        given().get("/api/session")
                .then()
                .statusCode(200)
                .body("person", equalTo("local"))
                .body("scopes", hasItem("tasks:write"))
                .body("csrf_token", nullValue());
        given().contentType("application/json")
                .body("{\"key\":\"x\"}")
                .post("/api/session")
                .then()
                .statusCode(404);
    }
}
