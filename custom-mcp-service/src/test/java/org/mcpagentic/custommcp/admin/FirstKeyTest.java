package org.mcpagentic.custommcp.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.access.token.Token;

/** The first key, as it is configured. */
class FirstKeyTest {

    @Test
    void theWholeTokenOfAKeyIsTaken() {
        Token token = Token.random(Token.Kind.KEY, 0);

        assertThat(FirstKey.token(token.text() + "\n")).isEqualTo(token);
    }

    @ParameterizedTest
    @EnumSource(value = Token.Kind.class, names = "KEY", mode = EnumSource.Mode.EXCLUDE)
    void otherTokensStopTheStartAndAreNotShown(Token.Kind kind) {
        String text = Token.random(kind, 0).text();

        assertThatThrownBy(() -> FirstKey.token(text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ACCESS_FIRST_KEY")
                .hasMessageNotContaining(text);
    }

    @Test
    void aMistypedTokenStopsTheStart() {
        String text = Token.random(Token.Kind.KEY, 0).text();

        assertThatThrownBy(() -> FirstKey.token(text.substring(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> FirstKey.token("")).isInstanceOf(IllegalStateException.class);
    }
}
