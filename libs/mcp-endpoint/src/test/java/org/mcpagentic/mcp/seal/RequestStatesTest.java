package org.mcpagentic.mcp.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.McpError;

/** What clients carry comes back as it was given, to whom it was given, for what it was given, in time. */
class RequestStatesTest {

    private static final AccessSecret SECRET = AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Caller ADA = Callers.of("ada");

    private final RequestStates states = at(NOW);
    private final ObjectNode state = json("{\"step\":1}");

    @Test
    void comesBackAsItWasGiven() {
        String carried =
                states.close(origin(ADA, "tools/call", "t", "{\"a\":1,\"b\":{\"c\":[1,2],\"d\":null}}"), state);

        ObjectNode opened =
                states.open(origin(ADA, "tools/call", "t", "{\"b\":{\"d\":null,\"c\":[1,2]},\"a\":1}"), carried);

        assertThat(opened).isEqualTo(state);
    }

    @Test
    void isRefusedWhereverItWasChanged() {
        RequestStates.Origin origin = origin(ADA, "tools/call", "t", "{}");
        String carried = states.close(origin, state);

        IntStream.range(0, carried.length())
                .mapToObj(place -> carried.substring(0, place)
                        + (carried.charAt(place) == 'A' ? 'B' : 'A')
                        + carried.substring(place + 1))
                .forEach(tampered -> refused(states, origin, tampered));
        refused(states, origin, carried + "-TAMPERED");
        refused(states, origin, carried + "=");
        refused(states, origin, "");
        refused(states, origin, "not base64 at all!");
    }

    @Test
    void isRefusedOnceItIsTooOld() {
        RequestStates.Origin origin = origin(ADA, "tools/call", "t", "{}");
        String carried = states.close(origin, state);

        assertThat(at(NOW.plus(EXPIRY).minusMillis(1)).open(origin, carried)).isEqualTo(state);
        refused(at(NOW.plus(EXPIRY)), origin, carried);
    }

    @Test
    void isRefusedOfAnotherPrincipal() {
        String carried = states.close(origin(ADA, "tools/call", "t", "{}"), state);

        refused(states, origin(Callers.of("bob"), "tools/call", "t", "{}"), carried);
        refused(states, origin(Callers.of("another", "ada"), "tools/call", "t", "{}"), carried);
    }

    @Test
    void isRefusedForAnotherRequest() {
        String carried = states.close(origin(ADA, "tools/call", "t", "{\"a\":1}"), state);

        refused(states, origin(ADA, "prompts/get", "t", "{\"a\":1}"), carried);
        refused(states, origin(ADA, "tools/call", "u", "{\"a\":1}"), carried);
        refused(states, origin(ADA, "tools/call", "t", "{\"a\":2}"), carried);
        refused(states, origin(ADA, "tools/call", "t", "{\"a\":\"1\"}"), carried);
    }

    @Test
    void isRefusedOfAnotherSecret() {
        RequestStates.Origin origin = origin(ADA, "tools/call", "t", "{}");
        AccessSecret other = AccessSecret.of("OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg=");

        refused(states, origin, new RequestStates(other, EXPIRY, () -> NOW).close(origin, state));
    }

    @Test
    void aCursorIsNoState() {
        Cursors cursors = new Cursors(SECRET);

        refused(states, origin(ADA, "tools/call", "t", "{}"), cursors.close(ADA, "tools", "x"));
    }

    private static RequestStates at(Instant now) {
        return new RequestStates(SECRET, EXPIRY, () -> now);
    }

    private static void refused(RequestStates states, RequestStates.Origin origin, String carried) {
        assertThatThrownBy(() -> states.open(origin, carried))
                .isInstanceOfSatisfying(
                        McpError.class, error -> assertThat(error.code()).isEqualTo(McpError.INVALID_PARAMS));
    }

    private static RequestStates.Origin origin(Caller caller, String method, String name, String arguments) {
        return new RequestStates.Origin(caller, method, name, json(arguments));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
