package org.mcpagentic.access.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

class KeyIdTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 35, 36, 1023})
    void anIdIsItsTokensWithoutTheSecret(int shard) {
        Token token = Token.random(Token.Kind.KEY, shard);

        KeyId id = KeyId.of(token);

        assertThat(id.shard()).isEqualTo(shard);
        assertThat(id.value()).isEqualTo("k" + Integer.toString(shard, 36) + "-" + token.id());
        assertThat(id.owner()).isEqualTo(new OwnerId(id.value()));
        assertThat(KeyId.of(id.newToken())).isEqualTo(id);
        assertThat(id.newToken().secret()).isNotEqualTo(id.newToken().secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "k0-",
                "k0-000000000000000",
                "k0-00000000000000000",
                "s0-0000000000000000",
                "k000-0000000000000000",
                "k0-000000000000000A",
                "k0-000000000000000\n"
            })
    void whatIsNoIdIsRefused(String text) {
        assertThatThrownBy(() -> new KeyId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\u2028", "a\u200e", "\ud800"})
    void namesAreShortAndPrintable(String name) {
        assertThatThrownBy(() -> named(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasUpToAHundredCharacters() {
        assertThat(named("é".repeat(100)).name()).hasSize(100);
        assertThatThrownBy(() -> named("é".repeat(101))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIssuedKeyDoesNotShowItsSecret() {
        Token token = Token.random(Token.Kind.KEY, 0);
        ApiKey key = new ApiKey(
                KeyId.of(token),
                TenantId.DEFAULT,
                "x",
                Rights.NONE,
                Limits.NONE,
                Instant.EPOCH,
                new OwnerId("x"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(new IssuedKey(key, token).toString())
                .contains(key.id().value())
                .doesNotContain(token.secret());
    }

    private static NewApiKey named(String name) {
        return new NewApiKey(TenantId.DEFAULT, name, Rights.NONE, Limits.NONE, Optional.empty(), new OwnerId("x"));
    }
}
