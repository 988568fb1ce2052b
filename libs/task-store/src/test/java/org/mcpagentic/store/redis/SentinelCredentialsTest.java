package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelCredentialsTest {

    @ParameterizedTest
    @CsvSource({
        "same,redis://ada:secret@one:26380/3,redis://ada:secret@one:26380",
        "same,redis://one,redis://one:26379",
        "none,rediss://ada:secret@one:26380,rediss://one:26380",
        "bob:p@ss/word,redis://ada:secret@one:26380,redis://bob:p%40ss%2Fword@one:26380",
        ":word,redis://ada:secret@[::1]:26380,redis://:word@[::1]:26380"
    })
    void aSentinelIsToldItsOwnCredentials(String setting, String url, String told) {
        assertThat(SentinelCredentials.of(setting).applyTo(URI.create(url))).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "word", "bob:"})
    void whatAreNoCredentialsIsRefusedWithoutShowingIt(String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SentinelCredentials.of(setting))
                .withMessage("store.redis.sentinel-credentials must be \"same\", \"none\" or USER:PASSWORD");
    }
}
