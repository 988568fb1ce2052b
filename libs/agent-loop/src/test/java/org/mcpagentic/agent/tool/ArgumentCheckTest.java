package org.mcpagentic.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.store.TenantId;

class ArgumentCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "properties": {
                "expression": {"type": "string", "minLength": 1, "maxLength": 10},
                "scale": {"type": "integer", "minimum": 0, "maximum": 50},
                "mode": {"enum": ["exact", "rounded"]}
              },
              "required": ["expression"],
              "additionalProperties": false
            }
            """;

    private final AtomicInteger calls = new AtomicInteger();
    private final Toolbox toolbox = new Toolbox(List.of(new Counting()), OutputFilter.NONE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                          | expression",
                "{\"expression\": 1}                       | /expression",
                "{\"expression\": \"\"}                  | /expression",
                "{\"expression\": \"12345678901\"}       | 10",
                "{\"expression\": \"1\", \"scale\": 51}    | /scale",
                "{\"expression\": \"1\", \"scale\": \"2\"} | /scale",
                "{\"expression\": \"1\", \"mode\": \"any\"} | exact",
                "{\"expression\": \"1\", \"extra\": true} | extra"
            })
    void tellsTheModelWhatIsWrongBeforeTheToolIsCalled(String arguments, String hint) {
        ToolResult result = call(arguments);

        assertThat(result.failed()).isTrue();
        assertThat(result.text()).contains("do not fit the schema of calc").contains(hint);
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"expression\": \"1+1\"}",
                "{\"expression\": \"1+1\", \"scale\": 2.0}",
                "{\"expression\": \"1+1\", \"scale\": null}"
            })
    void callsTheToolWhereTheArgumentsFit(String arguments) {
        ToolResult result = call(arguments);

        assertThat(result.failed()).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void abridgesWhatAModelMadeUp() {
        ToolResult result = call("{\"" + "x".repeat(10_000) + "\": 1}");

        assertThat(result.failed()).isTrue();
        assertThat(result.text()).hasSizeLessThan(2_000);
    }

    private ToolResult call(String arguments) {
        try {
            return toolbox.call(
                            new ToolCall("c0", "calc", (ObjectNode) JSON.readTree(arguments)),
                            List.of("calc"),
                            new ToolContext(TenantId.DEFAULT, "key", new CallThreads()))
                    .await()
                    .atMost(Duration.ofSeconds(5));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private final class Counting implements Tool {

        @Override
        public ToolSpec spec() {
            try {
                return new ToolSpec(
                        "calc",
                        "a tool for tests",
                        (ObjectNode) JSON.readTree(SCHEMA),
                        SideEffects.READ_ONLY,
                        Duration.ofSeconds(1),
                        100);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Uni<String> call(ObjectNode arguments, ToolContext context) {
            calls.incrementAndGet();
            return Uni.createFrom().item("done");
        }
    }
}
