package org.mcpagentic.edge.text;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextChecksTest {

    private static final ValidatorFactory FACTORY = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory();

    private final Validator validator = FACTORY.getValidator();

    record Request(@FreeText String input, Optional<@PlainText String> name, List<@PlainText String> tools) {}

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "Grüße, 世界, שלום, مرحبا, हिन्दी",
                "two\nlines\r\n\tindented",
                "\uD83D\uDE00",
                "a\u200Db\u202Ec",
                "\u0085\u007F"
            })
    void freeTextKeepsLettersOfAllLanguages(String input) {
        assertThat(validator.validate(new Request(input, Optional.empty(), List.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\u001B[31mred", "bell\u0007", "\u000Bvertical", "\u001F"})
    void freeTextHoldsNoControls(String input) {
        assertThat(validator.validate(new Request(input, Optional.empty(), List.of())))
                .singleElement()
                .satisfies(violation -> assertThat(violation.getPropertyPath()).hasToString("input"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"calculator", "Grüße 世界", "a\tb", "e\u0301", "\uD83D\uDE00\uFE0F"})
    void plainTextIsWhatCanBeSeen(String name) {
        assertThat(validator.validate(new Request("", Optional.of(name), List.of(name))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000",
                "a\u007F",
                "a\u0085",
                "a\u009B",
                "a\u00ADb",
                "a\u200Bb",
                "a\u200Eb",
                "a\u202Eb",
                "a\u2028b",
                "a\u2066b",
                "\uFEFFa",
                "a\u3164b",
                "a\u034Fb",
                "a\uDB40\uDC41b"
            })
    void plainTextHoldsNothingInvisible(String name) {
        assertThat(validator.validate(new Request("", Optional.of(name), List.of())))
                .hasSize(1);
        assertThat(validator.validate(new Request("", Optional.empty(), List.of("ok", name))))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.getPropertyPath().toString()).startsWith("tools[1]"));
    }
}
