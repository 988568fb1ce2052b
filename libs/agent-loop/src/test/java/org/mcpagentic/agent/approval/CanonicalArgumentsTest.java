package org.mcpagentic.agent.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.store.CallArguments;

class CanonicalArgumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}",
                "{ \"b\" : 1 , \"a\" : [ true , null , {\"d\":1,\"c\":2} ] }|{\"a\":[true,null,{\"c\":2,\"d\":1}],\"b\":1}",
                "{\"a\":1.50}|{\"a\":1.5}",
                "{\"a\":1e2}|{\"a\":100.0}",
                "{\"a\":9007199254740993}|{\"a\":9007199254740993}",
                "{\"a\":123456789012345678901234567890}|{\"a\":123456789012345678901234567890}",
                "{\"a\":\"\\u0061\\/\\u001f\\n\\u00e9\"}|{\"a\":\"a/\\u001f\\né\"}",
                "{\"a\":\"\\ud83d\\ude00\\ud83d\"}|{\"a\":\"😀\\ud83d\"}"
            })
    void sameArgumentsHaveOneText(String written, String canonical) throws JsonProcessingException {
        CallArguments arguments = CanonicalArguments.of(read(written));

        assertThat(arguments.json()).isEqualTo(canonical);
        assertThat(CanonicalArguments.of(CanonicalArguments.intact(arguments).orElseThrow()))
                .isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}|{\"a\":1.0}",
                "{\"a\":9007199254740992}|{\"a\":9007199254740993}",
                "{\"a\":1}|{\"a\":\"1\"}",
                "{\"a\":null}|{}",
                "{\"a\":\"\\ud83d\"}|{\"a\":\"?\"}",
                "{\"a\":[1,2]}|{\"a\":[2,1]}"
            })
    void differentArgumentsHaveDifferentDigests(String one, String other) throws JsonProcessingException {
        assertThat(CanonicalArguments.of(read(one)).digest())
                .isNotEqualTo(CanonicalArguments.of(read(other)).digest());
    }

    @Test
    void aNumberThatJsonDoesNotHaveIsNoNumberAnyMore() {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("a", Double.POSITIVE_INFINITY);

        assertThat(CanonicalArguments.of(arguments).json()).isEqualTo("{\"a\":\"Infinity\"}");
    }

    @Test
    void aDecimalIsWhatAToolWouldGet() {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("a", new BigDecimal("0.10"));

        CallArguments canonical = CanonicalArguments.of(arguments);

        assertThat(canonical.json()).isEqualTo("{\"a\":0.1}");
        assertThat(CanonicalArguments.of(CanonicalArguments.intact(canonical).orElseThrow()))
                .isEqualTo(canonical);
    }

    @Test
    void theDigestIsSha256OfTheText() throws JsonProcessingException {
        assertThat(CanonicalArguments.of(read("{}")).digest())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void whatWasChangedIsNotIntact() {
        CallArguments arguments = CanonicalArguments.of(JsonNodeFactory.instance.objectNode());

        assertThat(CanonicalArguments.intact(new CallArguments("{\"a\":1}", arguments.digest())))
                .isEmpty();
    }

    private static ObjectNode read(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json);
    }
}
