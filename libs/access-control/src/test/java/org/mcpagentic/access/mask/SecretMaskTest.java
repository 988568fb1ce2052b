package org.mcpagentic.access.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    private static final String PEM = """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF

            MIIEowIBAAKCAQEAvJx/0+aZ1Q8s2nq3m5t7w9y1B3D5F7H9J1L3N5P7R9T1V3X5
            Z7b9d1f3h5j7l9n1p3r5t7v9x1z3=
            -----END RSA PRIVATE KEY-----""";

    private final SecretMask mask = SecretMask.ofKnownForms();

    /** {@code #} stands for characters of a key, so that no text here looks like one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AIza#35                                     | [masked: Google API key]
            AIza#36                                     | [masked: Google API key]
            GOCSPX-#28                                  | [masked: Google client secret]
            sk-#48                                      | [masked: API key]
            sk-proj-#20                                 | [masked: API key]
            sk-ant-api03-#40                            | [masked: Anthropic API key]
            ghp_#36                                     | [masked: GitHub token]
            gho_#36                                     | [masked: GitHub token]
            github_pat_#22                              | [masked: GitHub token]
            glpat-#20                                   | [masked: GitLab token]
            xoxb-#24                                    | [masked: Slack token]
            xoxp-#12-#12                                | [masked: Slack token]
            https://hooks.slack.com/services/T#10/B#10  | https://hooks.slack.com/services/[masked: Slack webhook]
            AKIA!16                                     | [masked: AWS access key id]
            ASIA!16                                     | [masked: AWS access key id]
            aws_secret_access_key = #40                 | aws_secret_access_key = [masked: AWS secret key]
            {"SecretAccessKey": "#40"}                  | {"SecretAccessKey": "[masked: AWS secret key]"}
            AWS_SECRET_ACCESS_KEY=#40                   | AWS_SECRET_ACCESS_KEY=[masked: AWS secret key]
            sk_live_#24                                 | [masked: Stripe key]
            rk_test_#24                                 | [masked: Stripe key]
            eyJ#30.eyJ#40.#43                           | [masked: JWT]
            eyJ#30..#16.#60.#22                         | [masked: JWT]
            Bearer #12                                  | Bearer [masked: bearer token]
            authorization: bearer hunter                | authorization: bearer [masked: credentials]
            "Authorization": "Basic #12=="              | "Authorization": "Basic [masked: credentials]"
            x-api-key: #16                              | x-api-key: [masked: API key]
            https://a.example/v1?key=#20&alt=sse        | https://a.example/v1?key=[masked: API key]&alt=sse
            redis://user:hunter@cache:6379/0            | redis://user:[masked: password]@cache:6379/0
            redis://:hunt@er:2@cache                    | redis://:[masked: password]@cache
            mcpk-0-0123456789abcdefgh-#43               | [masked: access token]
            mcps-1f-0123456789abcdef-#43                | [masked: access token]
            mcpl-0-0123456789abcdef-#43                 | [masked: access token]
            """)
    void masksWhatIsOfAKnownForm(String form, String expected) {
        String text = "it is " + filled(form) + "\nand more";

        String masked = mask.mask(text);

        assertThat(masked).isEqualTo("it is " + expected + "\nand more");
    }

    @Test
    void masksAPrivateKeyFromItsFirstLineToItsLast() {
        String text = "before\n" + PEM + "\nafter";

        String masked = mask.mask(text);

        assertThat(masked).isEqualTo("before\n[masked: private key]\nafter");
    }

    @Test
    void masksAPrivateKeyWithinJson() {
        String text = "{\"key\":\"" + PEM.replace("\n", "\\n") + "\",\"id\":7}";

        String masked = mask.mask(text);

        assertThat(masked).isEqualTo("{\"key\":\"[masked: private key]\",\"id\":7}");
    }

    @Test
    void masksAPrivateKeyThatWasCutOff() {
        String masked = mask.mask(PEM.substring(0, PEM.length() - 40));

        assertThat(masked).isEqualTo("[masked: private key]");
    }

    @Test
    void leavesACertificateAndAPublicKey() {
        String text = PEM.replace("RSA PRIVATE KEY", "CERTIFICATE") + "\n" + PEM.replace("PRIVATE", "PUBLIC");

        assertThat(mask.mask(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\\"", "%3D", "\\u0022", "=", "_", "(", "\u4e2d"})
    void masksBehindEscapesAndSigns(String before) {
        String text = before + filled("ghp_#36");

        assertThat(mask.mask(text)).isEqualTo(before + "[masked: GitHub token]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9fceb02d0ae598e95dc970b74767f19372d61af8",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "123e4567-e89b-12d3-a456-426614174000",
                "aGVsbG8gd29ybGQsIHRoaXMgaXMganVzdCBkYXRhIHRoYXQgaXMgbm8gc2VjcmV0",
                "eyJuYW1lIjoiQWRhIiwiYWdlIjozNn0=",
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
                "a task-0123456789abcdefghijklmnop is no key",
                "the class sk-learn-based-classification-report",
                "the bearer certificates of 1904, and bearer tokens",
                "Authorization: required",
                "https://example.org:8443/a/b?q=key",
                "https://user@example.org/",
                "mail me@example.org: soon",
                "see a://b and c:d@e",
                "mcpk-example",
                "AKIA is what they begin with",
                "-----BEGIN PUBLIC KEY-----",
                "eyJhbGciOiJIUzI1NiJ9 is its header"
            })
    void leavesWhatIsNoSecret(String text) {
        assertThat(mask.mask(text)).isSameAs(text);
    }

    @Test
    void masksTheServicesOwnSecretsWhereverTheyStand() {
        SecretMask own = SecretMask.of(List.of("canary!secret/1", "canary!secret/12"), Map.of());

        String masked = own.mask("xcanary!secret/12y, Bearer 1234567canary!secret/1, canary!secret");

        assertThat(masked).isEqualTo("x[masked: secret]y, Bearer 1234567[masked: secret], canary!secret");
    }

    @Test
    void masksTheServicesOwnSecretsInOtherWritings() {
        SecretMask own = SecretMask.of(List.of("can\"ary secret"), Map.of());

        String masked =
                own.mask("can\\\"ary secret can%22ary+secret Y2FuImFyeSBzZWNyZXQ= 63616e2261727920736563726574");

        // why the end in base64: only whole groups of three bytes are written alike whatever follows
        assertThat(masked).isEqualTo("[masked: secret] [masked: secret] [masked: secret]ZXQ= [masked: secret]");
    }

    @Test
    void leavesValuesThatAreTooShortToBeTold() {
        SecretMask own = SecretMask.of(List.of("seven77"), Map.of());

        assertThat(own.mask("it is seven77")).isEqualTo("it is seven77");
    }

    @Test
    void masksConfiguredPatternsUnderTheirNames() {
        SecretMask own = SecretMask.of(List.of(), Map.of("ticket", "(?i)acme-[a-f0-9]{8,12}[.]\\d{2}"));

        String masked = own.mask("ACME-00ffAA0011.42 and acme-00ff.42");

        assertThat(masked).isEqualTo("[masked: ticket] and acme-00ff.42");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            (a+)+b{9}          ; is not understood here
            secret-a|secret-b  ; is not understood here
            ^secret-[a-z]{9}   ; is not understood here
            secret-[a-z]{9}$   ; is not understood here
            \\bsecret[a-z]{9}  ; is not understood here
            secret-.*end       ; only its end may repeat without bound
            secret-[a-z]{1,9}x ; a repetition could also take what follows it
            secret-[a-z]?[0-9]?[a-z]{9} ; a repetition could also take what follows it
            [a-z]{3}           ; fewer than 8 characters
            secret-[a-z]{300}  ; more than 256 characters
            secret-[a-z{9}     ; not closed
            secret-a{2}{3}     ; repetition of a repetition
            """)
    void refusesPatternsThatCouldBeReadInMoreThanOneWay(String pattern, String reason) {
        assertThatThrownBy(() -> SecretMask.of(List.of(), Map.of("own", pattern.replace("\\\\", "\\"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the pattern \"own\"")
                .hasMessageContaining(reason);
    }

    @Test
    void masksNothingTwice() {
        String once = mask.mask(filled("Bearer #40, redis://u:#12@h, x-api-key: #30"));

        assertThat(mask.mask(once)).isSameAs(once);
    }

    /** Characters of a key in the place of {@code #n}; capitals and digits in the place of {@code !n}. */
    static String filled(String form) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            if ((c == '#' || c == '!') && i + 1 < form.length()) {
                int end = i + 1;
                while (end < form.length() && Character.isDigit(form.charAt(end))) {
                    end++;
                }
                String alphabet = c == '#' ? "Xa7Qz3Lm9Kp2" : "Q7Z3L9K2";
                for (int n = 0; n < Integer.parseInt(form.substring(i + 1, end)); n++) {
                    text.append(alphabet.charAt(n % alphabet.length()));
                }
                i = end - 1;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
