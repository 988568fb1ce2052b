package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.tool.ToolDefinition;

/**
 * Headers of 2026-07-28 that repeat what the body says: whoever routes by the one has to see what is done by the other.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/transports/streamable-http">Streamable HTTP, server validation</a>
 */
final class RequestHeaders {

    static final String VERSION = "MCP-Protocol-Version";

    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";
    private static final String PARAMETER = "Mcp-Param-";
    private static final String MARK = "x-mcp-header";
    private static final String BASE64_BEGIN = "=?base64?";
    private static final String BASE64_END = "?=";

    /** Deepest properties of a schema that are looked at for marks. */
    private static final int MAX_DEPTH = 16;

    private final MultiMap headers;

    RequestHeaders(MultiMap headers) {
        this.headers = headers;
    }

    /** The revision that the headers name. */
    Optional<String> version() {
        return single(VERSION);
    }

    /** Fails where the method's header is another than the body's. */
    void checkMethod(String method) {
        check(METHOD, single(METHOD), method);
    }

    /** Fails where the header is another than the name in the body. */
    void checkName(String name) {
        check(NAME, single(NAME).map(value -> decoded(NAME, value)), name);
    }

    /** Fails where a header that a tool's schema asks for is another than the argument, is missing, or has no argument. */
    void checkParameters(ToolDefinition tool, ObjectNode arguments) {
        checkParameters(tool.inputSchema(), arguments, 0);
    }

    private void checkParameters(JsonNode schema, JsonNode arguments, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode argument = arguments.path(property.getKey());
            String mark = property.getValue().path(MARK).asText();
            if (!mark.isEmpty()) {
                checkParameter(PARAMETER + mark, argument);
            }
            checkParameters(property.getValue(), argument, depth + 1);
        }
    }

    private void checkParameter(String header, JsonNode argument) {
        Optional<String> value = single(header).map(text -> decoded(header, text));
        boolean given = argument.isValueNode() && !argument.isNull();
        if (!given) {
            if (value.isPresent()) {
                throw mismatch(header, "has no argument in the body");
            }
            return;
        }
        if (argument.isIntegralNumber() && value.isPresent() && isSameNumber(value.get(), argument)) {
            return;
        }
        check(header, value, argument.asText());
    }

    private static boolean isSameNumber(String text, JsonNode number) {
        try {
            return text.length() <= 64 && new BigDecimal(text).compareTo(number.decimalValue()) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void check(String header, Optional<String> value, String body) {
        String said = value.orElseThrow(() -> mismatch(header, "is missing"));
        if (!said.equals(body)) {
            throw mismatch(header, "says something else than the body");
        }
    }

    private Optional<String> single(String name) {
        List<String> values = headers.getAll(name);
        if (values.size() > 1) {
            throw mismatch(name, "is there more than once");
        }
        return values.stream().findFirst();
    }

    private static String decoded(String header, String value) {
        if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
            throw mismatch(header, "has characters that a header cannot have");
        }
        if (!value.startsWith(BASE64_BEGIN)
                || !value.endsWith(BASE64_END)
                || value.length() < BASE64_BEGIN.length() + BASE64_END.length()) {
            return value;
        }
        String base64 = value.substring(BASE64_BEGIN.length(), value.length() - BASE64_END.length());
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                throw mismatch(header, "is not base64 as it has to be written");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw mismatch(header, "is not base64 of UTF-8");
        }
    }

    static McpError mismatch(String header, String what) {
        return new McpError(Refusal.HEADER_MISMATCH, "the header " + header + " " + what, Optional.empty());
    }
}
