package org.mcpagentic.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.mcpagentic.edge.access.RouteAudit;
import org.mcpagentic.edge.access.RouteTable;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
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
    void isReadyWithoutRedis() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void countsItsRequestsAndNothingOfAStoreThatItHasNot() {
        given().get("/api/tool").then().statusCode(200);

        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("http_server_requests_seconds_count"), not(containsString("redis_script")));
    }
}
