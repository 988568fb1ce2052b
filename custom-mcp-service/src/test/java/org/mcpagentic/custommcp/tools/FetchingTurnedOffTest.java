package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.RedisOfTests;

/** A service whose operator lets nothing be fetched. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(FetchingTurnedOffTest.NothingFetched.class)
@Timeout(60)
class FetchingTurnedOffTest {

    /** Nothing is fetched. */
    public static final class NothingFetched implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tools.http-fetch.enabled", "false");
        }
    }

    @Inject
    Toolbox toolbox;

    @Test
    void onlyTextIsSummarised() {
        ToolCall ofText = new ToolCall("1", "csv_summary", Json.object().put("csv", "a\n1\n"));
        ToolCall ofUrl = new ToolCall("2", "csv_summary", Json.object().put("url", "https://data.gov/a.csv"));

        assertThat(toolbox.specs(TenantId.DEFAULT))
                .extracting(ToolSpec::name)
                .contains("csv_summary")
                .doesNotContain("http_fetch");
        assertThat(call(ofText).failed()).isFalse();
        assertThat(call(ofUrl).text()).contains("not allowed to fetch");
    }

    private ToolResult call(ToolCall call) {
        return toolbox.call(call, List.of("csv_summary"), new ToolContext(TenantId.DEFAULT, "k", new CallThreads()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
