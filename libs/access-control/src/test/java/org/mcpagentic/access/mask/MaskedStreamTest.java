package org.mcpagentic.access.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedStreamTest {

    private static final int MEBIBYTE = 1 << 20;

    private final SecretMask mask = SecretMask.of(
            List.of("canary-of-the-service", "canary-of-the-service-2", "\u4e2d\u6587-canary"),
            Map.of("ticket", "acme-[a-f0-9]{8,12}\\.\\d{2,}"));

    /** What secrets and texts that resemble them are made of, to be put together at random. */
    private static final List<String> PARTS = List.of(
            "AIza#35",
            "sk-#48",
            "sk-",
            "sk-ant-#20",
            "ghp_#36",
            "xoxb-#12",
            "AKIA!16",
            "eyJ#20.eyJ#20.#20",
            "eyJ#12.",
            "eyJ#20..#16.#9.#9",
            "Bearer #12",
            "bearer of news",
            "Authorization: Basic #9",
            "redis://u:#12@host/",
            "://a:b",
            "-----BEGIN EC PRIVATE KEY-----\n#64\n-----END EC PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----",
            "-----",
            "-----END",
            "mcpk-0-0123456789abcdef-#43",
            "mcpk-0-",
            "aws_secret_access_key=#40",
            "?key=#20",
            "\\n",
            "\\",
            " ",
            "\n",
            ".",
            "=",
            "a",
            "canary-of-the-service",
            "canary-of-the-service-2",
            "canary-of",
            "\u4e2d\u6587-canary",
            "\u4e2d",
            "acme-00ff00ff.42",
            "acme-00ff00ff.4",
            "\uD83D\uDE00",
            "words of prose ");

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122, 77, 4_242, 987_654_321})
    void anyCuttingGivesWhatTheWholeGives(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            String text = text(random);

            String cut = inPieces(text, random);

            assertThat(cut).as("seed %d, round %d", seed, round).isEqualTo(mask.mask(text));
        }
    }

    @Test
    void handsOutWhatCannotBecomeASecretAtOnce() {
        MaskedStream stream = mask.stream();

        String first = stream.take("the key is ghp_");

        assertThat(first).isEqualTo("the key is ");
        assertThat(stream.take("no, it is not")).isEqualTo("ghp_no, it is not");
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void saysThatASecretWasMaskedBeforeItsEndHasCome() {
        MaskedStream stream = mask.stream();

        String shown = stream.take(SecretMaskTest.filled("token ghp_#36"));

        assertThat(shown).isEqualTo("token [masked: GitHub token]");
        assertThat(stream.take(SecretMaskTest.filled("#4000"))).isEmpty();
        assertThat(stream.take(". Next")).isEqualTo(". Next");
    }

    @Test
    void handsOutAtTheEndWhatDidNotBecomeASecret() {
        MaskedStream stream = mask.stream();

        String shown = stream.take("what is canary-of");

        assertThat(shown + stream.end()).isEqualTo("what is canary-of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "-",
                "e",
                "eyJ",
                "eyJ-",
                "eyJaaaaaaaaaaaa.",
                "sk-",
                "sk-1",
                "ghp_",
                "mcpk-0-",
                "://",
                "://a:",
                "bearer ",
                "Bearer 1",
                "authorization:",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----END",
                "secretaccesskey=",
                "?key=",
                "\\neyJ",
                "canary-",
                "acme-0",
                "acme-0000000",
                "AKIA",
                "xoxb-",
                "@",
                ":@",
                "\u4e2d"
            })
    void looksAtNoMoreThanSoManyCharactersWhateverTheText(String unit) {
        String quarter = unit.repeat(MEBIBYTE / 4 / unit.length());
        String whole = unit.repeat(MEBIBYTE / unit.length());

        long looksAtQuarter = looks(quarter);
        long looksAtWhole = looks(whole);

        assertThat(looksAtWhole).isLessThan(200L * MEBIBYTE);
        assertThat((double) looksAtWhole / looksAtQuarter).isLessThan(4.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5, 8})
    void holdsBackNoMoreThanItSays(long seed) {
        Random random = new Random(seed);
        MaskedStream stream = mask.stream();
        int most = 0;

        for (int i = 0; i < 20_000; i++) {
            stream.take(part(random));
            most = Math.max(most, stream.heldBack());
        }

        assertThat(most).isPositive().isLessThanOrEqualTo(mask.mostHeldBack());
    }

    private long looks(String text) {
        MaskedStream stream = mask.stream();
        for (int at = 0; at < text.length(); at += 1_000) {
            stream.take(text.substring(at, Math.min(text.length(), at + 1_000)));
        }
        stream.end();
        return stream.looks();
    }

    private String inPieces(String text, Random random) {
        MaskedStream stream = mask.stream();
        StringBuilder out = new StringBuilder();
        int longest = 1 + random.nextInt(40);
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(longest + 1));
            out.append(stream.take(text.substring(at, end)));
            at = end;
        }
        return out.append(stream.end()).toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(30);
        for (int i = 0; i < parts; i++) {
            text.append(part(random));
        }
        return text.toString();
    }

    private static String part(Random random) {
        String part = SecretMaskTest.filled(PARTS.get(random.nextInt(PARTS.size())));
        // why: also what ends too early
        return random.nextInt(4) == 0 ? part.substring(0, random.nextInt(part.length() + 1)) : part;
    }
}
