package org.mcpagentic.custommcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.edge.access.Access;
import org.mcpagentic.edge.access.Exposure;
import org.mcpagentic.edge.access.PlatformRoutes;
import org.mcpagentic.edge.access.Route;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Until;

/**
 * Every route, asked by everybody: who has no credential, a wrong one, all scopes but the one that is needed, that one alone, and that one
 * in another tenant. A route that is not in the table fails the test.
 */
@QuarkusTest
@TestProfile(AccessOn.class)
@WithTestResource(RedisOfTests.class)
class RouteAccessTest {

    private static final String FOREIGN = "another";
    private static final AtomicInteger SERVERS = new AtomicInteger();

    /** In the place of a scope: callers that are known need none. */
    private static final String ANYONE = "open";

    @Inject
    Routes routes;

    /** What each route needs, and what it answers to another tenant. */
    enum Row {
        CREATE_TASK("POST", "/task", "tasks:write", Foreign.SEES_OWN, "{\"input\":\"1+1\"}"),
        LIST_TASKS("GET", "/task", "tasks:read", Foreign.SEES_OWN, ""),
        GET_TASK("GET", "/task/{id}", "tasks:read", Foreign.UNKNOWN, ""),
        RUN_TASK("POST", "/task/{id}/run", "tasks:write", Foreign.UNKNOWN, ""),
        CANCEL_TASK("POST", "/task/{id}/cancel", "tasks:write", Foreign.UNKNOWN, ""),
        WATCH_TASK("GET", "/task/{id}/events", "tasks:read", Foreign.UNKNOWN, ""),
        RETRY_TASK("POST", "/task/{id}/retry", "tasks:write", Foreign.UNKNOWN, ""),
        DECIDE("POST", "/task/{id}/step/{step}/resolve", "tasks:write", Foreign.UNKNOWN, "{\"action\":\"repeat\"}"),
        LIST_APPROVALS("GET", "/approval", "tasks:read", Foreign.SEES_OWN, ""),
        GET_APPROVAL("GET", "/approval/{id}", "tasks:read", Foreign.UNKNOWN, ""),
        DECIDE_APPROVAL(
                "POST", "/approval/{id}/decision", "approvals:decide", Foreign.UNKNOWN, "{\"decision\":\"refuse\"}"),
        DEAD_LETTERS("GET", "/dead-letter", "tasks:read", Foreign.SEES_OWN, ""),
        TOOLS("GET", "/tool", "statistics:read", Foreign.SEES_OWN, ""),
        MODELS("GET", "/model", "statistics:read", Foreign.SEES_OWN, ""),
        STATISTICS("GET", "/stats", "statistics:read", Foreign.SEES_OWN, ""),
        CREATE_KEY("POST", "/admin/key", "admin", Foreign.SEES_OWN, "{\"name\":\"k\",\"scopes\":[\"ask\"]}"),
        LIST_KEYS("GET", "/admin/key", "admin", Foreign.SEES_OWN, ""),
        GET_KEY("GET", "/admin/key/{key}", "admin", Foreign.UNKNOWN, ""),
        CHANGE_KEY("PATCH", "/admin/key/{key}", "admin", Foreign.UNKNOWN, "{\"name\":\"n\"}"),
        ROTATE_KEY("POST", "/admin/key/{key}/rotate", "admin", Foreign.UNKNOWN, "{}"),
        REVOKE_KEY("DELETE", "/admin/key/{key}", "admin", Foreign.UNKNOWN, ""),
        ADD_SERVER(
                "POST",
                "/admin/mcp-server",
                "admin",
                Foreign.SEES_OWN,
                "{\"name\":\"s-%d\",\"url\":\"http://127.0.0.1:9/mcp\",\"timeout\":1}"),
        LIST_SERVERS("GET", "/admin/mcp-server", "admin", Foreign.SEES_OWN, ""),
        GET_SERVER("GET", "/admin/mcp-server/{name}", "admin", Foreign.UNKNOWN, ""),
        REMOVE_SERVER("DELETE", "/admin/mcp-server/{name}", "admin", Foreign.UNKNOWN, ""),
        CHECK_SERVER("POST", "/admin/mcp-server/{name}/check", "admin", Foreign.UNKNOWN, ""),
        GET_SERVER_TOOL("GET", "/admin/mcp-server/{name}/tool/{tool}", "admin", Foreign.UNKNOWN, ""),
        APPROVE_SERVER_TOOL(
                "POST",
                "/admin/mcp-server/{name}/tool/{tool}/approve",
                "admin",
                Foreign.UNKNOWN,
                "{\"hash\":\"" + "0".repeat(64) + "\"}"),
        CREATE_TENANT("POST", "/admin/tenant", "platform", Foreign.SEES_OWN, "{\"tenant\":\"third\"}"),
        LIST_TENANTS("GET", "/admin/tenant", "platform", Foreign.SEES_OWN, ""),
        AUDIT("GET", "/admin/audit", "audit:read", Foreign.SEES_OWN, ""),
        MCP("POST", "/mcp", ANYONE, Foreign.NOTHING_TO_SEE, "{}"),
        MCP_STREAM("GET", "/mcp", ANYONE, Foreign.NOTHING_TO_SEE, ""),
        MCP_END("DELETE", "/mcp", ANYONE, Foreign.NOTHING_TO_SEE, "");

        private final String method;
        private final String path;
        private final String scope;
        private final Foreign foreign;
        private final String body;

        Row(String method, String path, String scope, Foreign foreign, String body) {
            this.method = method;
            this.path = path;
            this.scope = scope;
            this.foreign = foreign;
            this.body = body;
        }

        String route() {
            return method + " " + path;
        }

        /** A scope that is enough. */
        String given() {
            return scope.equals(ANYONE) ? "ask" : scope;
        }
    }

    /** What another tenant is told. */
    enum Foreign {
        /** 404, as for what there is not. */
        UNKNOWN,
        /** 400, since the request says too little. */
        NOTHING_TO_SEE,
        /** An answer in which nothing of this tenant is. */
        SEES_OWN
    }

    @Test
    void everyRouteIsInTheTableWithTheScopeThatItNeeds() {
        List<String> known = routes.routes().stream()
                .filter(route -> route.access() instanceof Access.Holder)
                .map(route -> route + " " + ((Access.Holder) route.access()).scope())
                .toList();

        assertThat(Arrays.stream(Row.values())
                        .filter(row -> !row.scope.equals(ANYONE))
                        .map(row -> row.route() + " " + row.scope))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void whereTheScopeDependsOnTheBodyTheRouteLooksItself() {
        assertThat(routes.routes())
                .filteredOn(route -> route.access() instanceof Access.Known)
                .extracting(Route::toString)
                .containsExactlyInAnyOrder("POST /tool/{name}/call", "POST /mcp", "GET /mcp", "DELETE /mcp");
    }

    @Test
    void onlyWhoIssuesTokensIsToldToEverybody() {
        assertThat(routes.routes())
                .filteredOn(route -> route.access() instanceof Access.Open)
                .extracting(Route::pathTemplate)
                .containsExactly(
                        "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/{resource:.+}");
    }

    @Test
    void ofThePlatformsRoutesOnlyHealthIsOpen() {
        assertThat(PlatformRoutes.all(Exposure.DIRECT, Exposure.DIRECT))
                .filteredOn(route -> route.access() instanceof Access.Open)
                .extracting(route -> route.pathTemplate())
                .containsExactlyInAnyOrder(
                        "/q/health", "/q/health/live", "/q/health/ready", "/q/health/started", "/q/health/well");
        assertThat(PlatformRoutes.all(Exposure.OFF, Exposure.OFF))
                .extracting(route -> route.pathTemplate())
                .allMatch(path -> path.startsWith("/q/health"));
    }

    @Test
    void metricsAreNotServedThroughAProxy() {
        assertThat(RestAssured.get("/q/metrics").statusCode()).isEqualTo(200);
        assertThat(RestAssured.given()
                        .header("X-Forwarded-For", "203.0.113.7")
                        .get("/q/metrics")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void nobodyWithoutACredentialIsLetIn(Row row) {
        Response answer = ask(row, RestAssured.given(), "t0-00000000000000000000000000", "k0-0000000000000000");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.<String>path("code")).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void aWrongSecretIsNone(Row row) {
        Token good = AccessOn.FIRST;
        RequestSpecification wrong =
                RestAssured.given().auth().oauth2(good.renewed().text());

        assertThat(ask(row, wrong, "t0-00000000000000000000000000", "k0-0000000000000000")
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(value = Row.class, mode = EnumSource.Mode.MATCH_NONE, names = "MCP.*")
    void allOtherScopesAreNotEnough(Row row) {
        String[] others = Rights.ALL.scopes().stream()
                .map(Scope::value)
                .filter(scope -> !scope.equals(row.scope))
                .toArray(String[]::new);
        RequestSpecification caller = RestAssured.given().auth().oauth2(AccessOn.key("default", others));

        Response answer = ask(row, caller, aTask(), aKey());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.<String>path("code")).isEqualTo("insufficient_scope");
        assertThat(answer.header("WWW-Authenticate")).contains("scope=\"" + row.scope + "\"");
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void theScopeAloneIsEnough(Row row) {
        RequestSpecification caller = RestAssured.given().auth().oauth2(AccessOn.key("default", row.given()));

        Response answer = ask(row, caller, what(row), aKey());

        assertThat(answer.statusCode()).isNotIn(401, 403, 405, 500);
        // why not those: the task has no such step, and the server that is not there has no such tool
        if (row != Row.DECIDE && row != Row.GET_SERVER_TOOL && row != Row.APPROVE_SERVER_TOOL) {
            assertThat(answer.statusCode()).isNotEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void anotherTenantSeesNothing(Row row) {
        String task = what(row);
        String key = aKey();
        RequestSpecification stranger = RestAssured.given().auth().oauth2(AccessOn.key(FOREIGN, row.given()));

        Response answer = ask(row, stranger, task, key);

        switch (row.foreign) {
            case UNKNOWN -> assertThat(answer.statusCode()).isEqualTo(404);
            case NOTHING_TO_SEE -> assertThat(answer.statusCode()).isEqualTo(400);
            case SEES_OWN -> {
                assertThat(answer.statusCode()).isLessThan(300);
                assertThat(answer.asString()).doesNotContain(task).doesNotContain(key);
            }
        }
    }

    /** The id of a task or, where the row is about those, of a pending approval. */
    private static String what(Row row) {
        return row.path.startsWith("/approval") ? anApproval() : aTask();
    }

    private static String anApproval() {
        String task = AccessOn.first()
                .body(Map.of("input", "sha256 of \"hello\"", "tools", List.of("hash")))
                .post("/task")
                .path("task_id");
        AccessOn.first().header("Prefer", "respond-async").post("/task/" + task + "/run");
        Until.holds(
                "it asks",
                Duration.ofSeconds(10),
                () -> AccessOn.first().get("/task/" + task).path("status").equals("waiting"));
        return AccessOn.first().get("/task/" + task).path("approvals[0].approval_id");
    }

    private static String aTask() {
        return AccessOn.first()
                .body(Map.of("input", "2+2", "tools", List.of("calculator")))
                .post("/task")
                .path("task_id");
    }

    private static String aKey() {
        return AccessOn.idOf(AccessOn.key("default", "ask"));
    }

    /** One of the default tenant's that does not answer. */
    private static String aServer() {
        String name = "a-" + SERVERS.incrementAndGet();
        AccessOn.first()
                .body(Map.of("name", name, "url", "http://127.0.0.1:9/mcp", "timeout", 1))
                .post("/admin/mcp-server")
                .then()
                .statusCode(201);
        return name;
    }

    @AfterEach
    void removeServers() {
        List<String> names = AccessOn.first().get("/admin/mcp-server").path("items.name");
        names.forEach(name -> AccessOn.first().delete("/admin/mcp-server/" + name));
    }

    private static Response ask(Row row, RequestSpecification caller, String task, String key) {
        RequestSpecification request = caller.header("Prefer", "respond-async");
        if (!row.body.isEmpty()) {
            request = request.contentType(ContentType.JSON).body(row.body.formatted(SERVERS.incrementAndGet()));
        }
        // why ended first: a stream of a task that goes on has no end
        if (row == Row.WATCH_TASK && task.startsWith("t0-") && !task.endsWith("0000")) {
            AccessOn.first().post("/task/" + task + "/cancel");
        }
        String path = row.path.replace("{id}", task).replace("{key}", key).replace("{step}", "1");
        path = path.replace("{name}", path.contains("{name}") ? aServer() : "").replace("{tool}", "echo");
        return request.request(row.method, path);
    }
}
