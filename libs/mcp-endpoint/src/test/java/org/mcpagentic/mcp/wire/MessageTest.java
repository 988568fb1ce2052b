package org.mcpagentic.mcp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.mcp.McpError;

class MessageTest {

    @Test
    void readsRequestsNotificationsAndAnswers() {
        assertThat(Message.read(json("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")))
                .isInstanceOfSatisfying(Message.Request.class, request -> {
                    assertThat(request.id()).hasToString("7");
                    assertThat(request.params()).isEmpty();
                });
        assertThat(Message.read(json("{\"jsonrpc\":\"2.0\",\"method\":\"n\",\"params\":{\"a\":1}}")))
                .isInstanceOf(Message.Notification.class);
        assertThat(Message.read(json("{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"result\":{\"a\":1}}")))
                .isInstanceOfSatisfying(
                        Message.Response.class,
                        response -> assertThat(response.result()).isPresent());
        assertThat(Message.read(json("{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"error\":{\"code\":-1}}")))
                .isInstanceOfSatisfying(
                        Message.Response.class,
                        response -> assertThat(response.result()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "[]",
                "{}",
                "\"ping\"",
                "null",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"result\":5}"
            })
    void refusesWhatIsNoMessage(String body) {
        assertThatThrownBy(() -> Message.read(json(body)))
                .isInstanceOfSatisfying(
                        McpError.class, error -> assertThat(error.code()).isEqualTo(McpError.INVALID_REQUEST));
    }

    @Test
    void refusesNamesThatAreTooLong() {
        String method = "m".repeat(Message.MAX_METHOD + 1);
        String id = "i".repeat(257);

        assertThatThrownBy(() -> Message.read(json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}")))
                .isInstanceOf(McpError.class);
        assertThatThrownBy(() -> Message.read(json("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"ping\"}")))
                .isInstanceOf(McpError.class);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
