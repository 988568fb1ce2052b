package org.mcpagentic.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;

/** Headers and body say the same, or the request is refused. */
class RequestHeadersTest {

    private static final ToolDefinition TOOL = new ToolDefinition(
            "t",
            "t",
            "t",
            json(
                    "{\"type\":\"object\",\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
                            + "\"deep\":{\"type\":\"object\",\"properties\":{\"count\":{\"type\":\"integer\",\"x-mcp-header\":\"Count\"}}}}}"),
            Optional.empty(),
            ToolHints.READ_ONLY,
            List.of(),
            Optional.empty(),
            TaskSupport.NONE);

    @Test
    void namesMayBeWrittenInBase64() {
        headers("mcp-name", "=?base64?SGVsbG8sIOS4lueVjA==?=").checkName("Hello, 世界");
        headers("Mcp-Name", "plain").checkName("plain");
        headers("Mcp-Name", "=?base64?x").checkName("=?base64?x");
    }

    @Test
    void whatDisagreesIsMissingOrIsThereTwiceIsRefused() {
        refused(() -> headers("Mcp-Method", "tools/list").checkMethod("tools/call"));
        refused(() -> headers("Mcp-Method", "TOOLS/CALL").checkMethod("tools/call"));
        refused(() -> headers().checkMethod("tools/call"));
        refused(() -> headers("Mcp-Name", "a", "Mcp-Name", "a").checkName("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"region\":\"west\"} | west | ''",
                "{\"region\":\"Hello\"} | =?base64?SGVsbG8=?= | ''",
                "{\"deep\":{\"count\":42}} | '' | 42",
                "{\"deep\":{\"count\":42}} | '' | 42.0",
                "{\"region\":null} | '' | ''",
                "{} | '' | ''"
            })
    void argumentsThatAgreePass(String arguments, String region, String count) {
        assertThatCode(() -> parameters(region, count).checkParameters(TOOL, json(arguments)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"region\":\"west\"} | east | ''",
                "{\"region\":\"west\"} | '' | ''",
                "{\"region\":\"Hello\"} | =?base64?SGVsbG8?= | ''",
                "{\"region\":\"Hello\"} | =?base64?SGVs!!!bG8=?= | ''",
                "{\"deep\":{\"count\":42}} | '' | 43",
                "{\"deep\":{\"count\":42}} | '' | forty-two",
                "{} | west | ''"
            })
    void argumentsThatDisagreeAreRefused(String arguments, String region, String count) {
        refused(() -> parameters(region, count).checkParameters(TOOL, json(arguments)));
    }

    private static RequestHeaders parameters(String region, String count) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (!region.isEmpty()) {
            headers.add("mcp-param-region", region);
        }
        if (!count.isEmpty()) {
            headers.add("Mcp-Param-Count", count);
        }
        return new RequestHeaders(headers);
    }

    private static RequestHeaders headers(String... pairs) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return new RequestHeaders(headers);
    }

    private static void refused(ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        McpError.class, error -> assertThat(error.code()).isEqualTo(Refusal.HEADER_MISMATCH));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
