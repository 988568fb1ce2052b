package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.custommcp.tools.fetch.LoopbackServer;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.RedisOfTests;

/** The tools that reach out, as the running service has them. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(FetchingInServiceTest.OneTrustedServer.class)
@Timeout(60)
class FetchingInServiceTest {

    /** Trusts one server, which says what it is asked as; it runs until the tests are over. */
    public static final class OneTrustedServer implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            LoopbackServer server = LoopbackServer.with((request, out) -> LoopbackServer.saying(
                            "text/csv", "secret_column," + request.headers().get("user-agent") + "\n1,x\n2,y\n")
                    .answer(request, out));
            return Map.of("tools.http-fetch.trusted", "127.0.0.1:" + server.port());
        }
    }

    @ConfigProperty(name = "tools.http-fetch.trusted")
    String trusted = "";

    @Inject
    Toolbox toolbox;

    private ToolResult call(String tool, String url) {
        return toolbox.call(
                        new ToolCall("1", tool, Json.object().put("url", url)),
                        List.of(tool),
                        new ToolContext(TenantId.DEFAULT, "k", new CallThreads()))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    @Test
    void theToolsAreListed() {
        assertThat(toolbox.specs(TenantId.DEFAULT)).extracting(ToolSpec::name).contains("http_fetch", "csv_summary");
    }

    @Test
    void aTrustedServerIsAskedUnderTheServicesName() {
        ToolResult page = call("http_fetch", "http://" + trusted + "/secret-path");
        ToolResult summary = call("csv_summary", "http://" + trusted + "/secret-path");

        assertThat(page.text()).containsPattern("secret_column,mcp-agentic-ai-server/[0-9.]+(-SNAPSHOT)?.n1,x");
        assertThat(page.failed()).isFalse();
        assertThat(summary.text()).contains("\"sum\":3");
        assertThat(summary.failed()).isFalse();
    }

    @Test
    void anotherServerOfTheSameMachineIsNot() {
        ToolResult result = call("http_fetch", "http://127.0.0.1:" + RestAssured.port + "/q/metrics");

        assertThat(result.failed()).isTrue();
        assertThat(result.text()).contains("is not fetched from");
    }

    @Test
    void whatIsFetchedStandsInNoMetric() {
        call("http_fetch", "http://" + trusted + "/secret-path");

        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("worker_slots")
                .doesNotContain("secret")
                .doesNotContain(trusted);
    }

    @Test
    void aNameIsLookedUpByTheSystem() {
        ToolResult result = call("http_fetch", "http://no-such-name.mcpagentic-data.com/");

        assertThat(result.failed()).isTrue();
        assertThat(result.text()).contains("no public address");
    }
}
