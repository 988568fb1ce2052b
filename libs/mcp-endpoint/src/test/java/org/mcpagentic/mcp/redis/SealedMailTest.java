package org.mcpagentic.mcp.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.AccessSecret;

class SealedMailTest {

    private static final String ANSWER = "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}";

    private final SealedMail mail = new SealedMail(secret("of the house"));

    @Test
    void comesBackAsItWas() {
        assertThat(mail.open("session", "s-1", mail.seal("session", "s-1", ANSWER)))
                .contains(ANSWER);
    }

    @Test
    void isNotReadableAndNeverTheSame() {
        String sealed = mail.seal("session", "s-1", ANSWER);

        assertThat(new String(Base64.getDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain("Ada");
        assertThat(mail.seal("session", "s-1", ANSWER)).isNotEqualTo(sealed);
    }

    @Test
    void isGoodForItsSessionAndItsRequestAlone() {
        String sealed = mail.seal("session", "s-1", ANSWER);

        assertThat(mail.open("another", "s-1", sealed)).isEmpty();
        assertThat(mail.open("session", "s-2", sealed)).isEmpty();
        assertThat(new SealedMail(secret("of another house")).open("session", "s-1", sealed))
                .isEmpty();
    }

    @Test
    void whatWasChangedIsNothing() {
        byte[] sealed = Base64.getDecoder().decode(mail.seal("session", "s-1", ANSWER));
        sealed[sealed.length - 1] ^= 1;

        assertThat(mail.open("session", "s-1", Base64.getEncoder().encodeToString(sealed)))
                .isEmpty();
        assertThat(mail.open("session", "s-1", ANSWER)).isEmpty();
        assertThat(mail.open("session", "s-1", "")).isEmpty();
        assertThat(mail.open("session", "s-1", "AAAA")).isEmpty();
    }

    private static AccessSecret secret(String text) {
        byte[] bytes = text.repeat(4).getBytes(StandardCharsets.UTF_8);
        return AccessSecret.of(Base64.getEncoder().encodeToString(bytes));
    }
}
