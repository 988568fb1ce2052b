package org.mcpagentic.custommcp.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.mcpagentic.custommcp.support.AccessOn.as;
import static org.mcpagentic.custommcp.support.AccessOn.idOf;
import static org.mcpagentic.custommcp.support.AccessOn.key;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.custommcp.support.AccessRecorded;
import org.mcpagentic.custommcp.support.RecordingAudit;
import org.mcpagentic.testsupport.RedisOfTests;

/** Who may add external servers for whom, and what is written down of it. */
@QuarkusTest
@TestProfile(AccessRecorded.class)
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class McpServerAccessTest {

    @Inject
    RecordingAudit audit;

    @Test
    void anAdministratorAddsServersForItsTenantAndThatIsWrittenDown() {
        String admin = key("acme", "admin");

        as(admin)
                .body(server("own", Map.of()))
                .post("/admin/mcp-server")
                .then()
                .statusCode(201)
                .body("tenant", equalTo("acme"))
                .body("tenants", equalTo(List.of("acme")));
        as(admin).delete("/admin/mcp-server/own").then().statusCode(204);

        assertThat(audit.of("own"))
                .containsExactly(
                        "acme " + idOf(admin) + " mcpserver.add [tenants acme]",
                        "acme " + idOf(admin) + " mcpserver.remove []");
    }

    @Test
    void onlyThePlatformAddsServersForOthers() {
        String admin = key("acme", "admin");
        String platform = key("acme", "admin", "platform");
        key("beta", "admin");

        as(admin)
                .body(server("x1", Map.of("tenants", List.of("*"))))
                .post("/admin/mcp-server")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("tenants"));
        as(admin)
                .body(server("x2", Map.of("tenant", "beta")))
                .post("/admin/mcp-server")
                .then()
                .statusCode(404);
        as(platform)
                .body(server("x3", Map.of("tenant", "nobody-known")))
                .post("/admin/mcp-server")
                .then()
                .statusCode(404);
        as(platform)
                .body(server("x4", Map.of("tenant", "beta")))
                .post("/admin/mcp-server")
                .then()
                .statusCode(201)
                .body("tenant", equalTo("beta"));
    }

    @Test
    void whatIsOfferedToATenantCanBeSeenByItAndNotChanged() {
        String platform = key("default", "admin", "platform");
        String admin = key("gamma", "admin");
        as(platform)
                .body(server("lent", Map.of("tenants", List.of("gamma", "epsilon"))))
                .post("/admin/mcp-server")
                .then()
                .statusCode(201);

        as(admin)
                .get("/admin/mcp-server/lent")
                .then()
                .statusCode(200)
                .body("health.status", equalTo("failing"))
                .body("tenants", equalTo(List.of("gamma")))
                .body("$", not(hasKey("url")))
                .body("$", not(hasKey("tenant")));
        assertThat(as(admin).get("/admin/mcp-server").asString()).doesNotContain("epsilon", "127.0.0.1", "default");
        as(platform)
                .get("/admin/mcp-server/lent")
                .then()
                .body("tenants", equalTo(List.of("epsilon", "gamma")))
                .body("url", equalTo("http://127.0.0.1:9/mcp"));
        as(admin).delete("/admin/mcp-server/lent").then().statusCode(403).body("code", equalTo("insufficient_scope"));
        as(key("delta", "admin")).get("/admin/mcp-server/lent").then().statusCode(404);
    }

    /** One that does not answer. */
    private static Map<String, Object> server(String name, Map<String, Object> more) {
        Map<String, Object> server = new HashMap<>(Map.of("name", name, "url", "http://127.0.0.1:9/mcp", "timeout", 1));
        server.putAll(more);
        return server;
    }
}
