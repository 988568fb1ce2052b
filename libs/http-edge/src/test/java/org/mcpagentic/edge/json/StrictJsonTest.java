package org.mcpagentic.edge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private final ObjectMapper mapper = StrictJson.configure(new ObjectMapper());

    @Test
    void takesWhatIsWithinTheBounds() throws JsonProcessingException {
        String numbers = "[" + "0,".repeat(90_000) + "0]";

        assertThat(mapper.readTree(numbers)).hasSize(90_001);
        assertThat(mapper.readValue("\"" + "a".repeat(StrictJson.MAX_STRING) + "\"", String.class))
                .hasSize(StrictJson.MAX_STRING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,", "[],", "{\"a\":1},"})
    void refusesMoreValuesThanAnyRequestNeeds(String value) {
        String many = "[" + value.repeat(StrictJson.MAX_TOKENS) + "0]";

        assertThatThrownBy(() -> mapper.readTree(many)).isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void refusesStringsLongerThanAnyFieldTakes() {
        String text = "\"" + "a".repeat(StrictJson.MAX_STRING + 1) + "\"";

        assertThatThrownBy(() -> mapper.readTree(text)).isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void refusesOneNameTwice() {
        assertThatThrownBy(() -> mapper.readTree("{\"a\":1,\"a\":2}")).isInstanceOf(JsonProcessingException.class);
    }
}
