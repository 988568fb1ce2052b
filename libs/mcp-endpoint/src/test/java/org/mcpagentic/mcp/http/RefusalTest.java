package org.mcpagentic.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.StoreException;

/** What clients are told of what the store refuses. */
class RefusalTest {

    @ParameterizedTest
    @EnumSource(
            value = StoreException.Code.class,
            names = {"STORE_UNAVAILABLE", "STORE_FULL"})
    void aStoreThatCannotBeAskedIsTheServersFailure(StoreException.Code code) {
        McpError error = told(new StoreException(code, "secret"));

        assertThat(error.code()).isEqualTo(McpError.INTERNAL);
        assertThat(error.text()).contains("try again").doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreException.Code.class,
            names = {"TASK_NOT_FOUND", "ILLEGAL_TRANSITION", "IDEMPOTENCY_MISMATCH", "APPROVAL_DECIDED"})
    void whatTheStoreRefusesIsToldInTheWordsOfTheRestInterface(StoreException.Code code) {
        McpError error = told(new StoreException(code, "secret"));

        assertThat(error.code()).isEqualTo(McpError.INVALID_PARAMS);
        assertThat(error.text()).isNotBlank().doesNotContain("secret", "the store cannot be asked");
        assertThat(error.data().orElseThrow().path("code").asText()).isNotBlank();
    }

    @Test
    void aLimitSaysWhenItMayPass() {
        McpError error = told(new StoreException(Guard.Kind.RATE, Duration.ofMillis(2_300)));

        assertThat(error.code()).isEqualTo(McpError.INVALID_PARAMS);
        assertThat(error.text()).isEqualTo("too many requests; wait a little");
        assertThat(error.data().orElseThrow().path("code").asText()).isEqualTo("rate_limited");
        assertThat(error.data().orElseThrow().path("retryAfterSeconds").asInt()).isEqualTo(3);
    }

    @Test
    void aProblemKeepsItsCode() {
        McpError error = told(new ProblemException(ProblemCode.UNKNOWN_MODEL, "there is no such model"));

        assertThat(error.text()).isEqualTo("there is no such model");
        assertThat(error.data().orElseThrow().path("code").asText()).isEqualTo("unknown_model");
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreException.Code.class,
            names = {"STALE_CLAIM", "JOURNAL_FULL", "MEMORY_FULL"})
    void whatNobodyForesawIsNotShown(StoreException.Code code) {
        McpError error = told(new StoreException(code, "secret"));

        assertThat(error.code()).isEqualTo(McpError.INTERNAL);
        assertThat(error.text()).doesNotContain("secret");
    }

    private static McpError told(RuntimeException failure) {
        return Refusal.of(failure, Era.MODERN, "tools/call").error();
    }
}
