package org.mcpagentic.publicmcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mcpagentic.edge.access.RouteAudit;
import org.mcpagentic.testsupport.RedisOfTests;

/** The route table and the resource methods name the same routes. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class RoutesTest {

    @Inject
    Routes routes;

    @Test
    void everyRouteIsListedAndEveryListedRouteIsServed() {
        RouteAudit audit = RouteAudit.of(routes);

        // why: MCP is served by the router itself, which its own tests see
        assertThat(audit).isEqualTo(new RouteAudit(Set.of(), Set.of("POST /mcp", "GET /mcp", "DELETE /mcp")));
    }
}
