package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.ToolFailure;

class EncodingToolTest {

    private final EncodingTool tool = new EncodingTool();

    private ObjectNode call(String operation, String format, String text) {
        return Json.object(ToolCaller.call(
                tool,
                Json.object().put("operation", operation).put("format", format).put("text", text)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "base64 | `` | ``",
                "base64 | f | Zg==",
                "base64 | foobar | Zm9vYmFy",
                "base64 | ~~?? | fn4/Pw==",
                "base64url | ~~?? | fn4_Pw",
                "hex | h\u00e9 | 68c3a9",
                "url | a b+c*d~e/\u00e9?&= | a%20b%2Bc%2Ad~e%2F%C3%A9%3F%26%3D",
                "url | AZaz09-._~ | AZaz09-._~",
                "html | <a href=\"x\">&amp; 'y'</a> | &lt;a href=&quot;x&quot;&gt;&amp;amp; &apos;y&apos;&lt;/a&gt;",
                "json | a\"b\\c\u00e9 | \"a\\\"b\\\\c\u00e9\"",
            })
    void encodesAndDecodes(String format, String text, String encoded) {
        assertThat(call("encode", format, text).path("result").asText()).isEqualTo(encoded);
        assertThat(call("decode", format, encoded).path("result").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "base64url | fn4_Pw== | ~~??",
                "hex | 68C3A9 | h\u00e9",
                "url | a+b%2fc | a+b/c",
                "url | \u00e9%C3%A9 | \u00e9\u00e9",
                "html | &eacute;&#233;&#xE9;&lt;&hearts; &unknown; & | \u00e9\u00e9\u00e9<\u2665 &unknown; &",
                "json | \"\\u00e9\\n\\ud83d\\ude00\" | `\u00e9\n\ud83d\ude00`",
            })
    void decodesWhatOthersEncode(String format, String encoded, String text) {
        assertThat(call("decode", format, encoded).path("result").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"base64, /wA=, ff00", "base64url, _wA, ff00", "hex, c328, c328", "url, %FF%00, ff00"})
    void showsTheDigitsOfBytesThatAreNoText(String format, String encoded, String hex) {
        ObjectNode result = call("decode", format, encoded);

        assertThat(result.path("hex").asText()).isEqualTo(hex);
        assertThat(result.path("note").asText())
                .isEqualTo("these 2 bytes are no text in UTF-8; their digits are shown");
        assertThat(result.has("result")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "base64 | Zg= | multiple of 4",
                "base64 | Zg | multiple of 4",
                "base64 | Zh== | bits that belong to no byte",
                "base64 | Zm9v YmFy | \" \" at character 5",
                "base64 | Zm-_ | \"-\" at character 3",
                "base64 | Z=== | \"=\" at character 2",
                "base64 | Zg==Zg== | \"=\" at character 3",
                "base64 | Zm\u00e9= | \"\u00e9\" at character 3",
                "base64url | Zm+/ | \"+\" at character 3",
                "base64url | Zg= | not to a multiple of 4",
                "base64url | Z | its end is missing",
                "hex | 0 | two for each byte",
                "hex | 0g | \"g\" at character 2",
                "hex | 0\ud83d\ude00 | \"\ud83d\ude00\" at character 2",
                "url | 100% | followed by two hexadecimal digits",
                "url | %zz | followed by two hexadecimal digits",
                "url | %-1 | followed by two hexadecimal digits",
                "json | abc | not json",
                "json | 5 | begins and ends with a quote",
                "json | \"a | not json",
                "json | \"a\" \"b\" | not json",
                "json | `` | begins and ends with a quote",
            })
    void saysWhatIsNotEncodedSo(String format, String encoded, String expected) {
        assertThatThrownBy(() -> call("decode", format, encoded))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("the text is not " + format)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | \"operation\" is missing",
                "{'operation': 'encode', 'text': 'x'} | \"format\" is missing",
                "{'operation': 'encode', 'format': 'hex'} | \"text\" is missing",
                "{'operation': 'crack', 'format': 'hex', 'text': ''} | there are encode and decode",
                "{'operation': 'encode', 'format': 'rot13', 'text': ''} | there are base64, base64url, hex, url, html, json",
                "{'operation': 'encode', 'format': 'html', 'text': '\\ud83d'} | half a surrogate pair",
                "{'operation': 'decode', 'format': 'url', 'text': '\\ud83d'} | half a surrogate pair",
                "{'operation': 'decode', 'format': 'json', 'text': '\\\"\\\\ud83d\\\"'} | half a surrogate pair",
            })
    void tellsTheModelWhatToRepair(String arguments, String expected) {
        assertThatThrownBy(() -> ToolCaller.call(tool, arguments.replace('\'', '"')))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "base64url", "hex", "url", "html", "json"})
    void decodesToTheSameWhateverItEncodes(String format) {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            int[] codePoints = random.ints(random.nextInt(30), 0, Character.MAX_CODE_POINT + 1)
                    .map(codePoint -> random.nextBoolean() ? codePoint % 128 : codePoint)
                    .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                    .filter(codePoint -> !format.equals("html") || codePoint >= ' ')
                    .toArray();
            String text = new String(codePoints, 0, codePoints.length);

            String encoded = call("encode", format, text).path("result").asText();

            assertThat(call("decode", format, encoded).path("result").asText()).isEqualTo(text);
        }
    }

    @Test
    void refusesWhatWouldBecomeTooLong() {
        String longest = "x".repeat(40_000);

        assertThat(call("encode", "hex", "x".repeat(19_000)).path("result").asText())
                .hasSize(38_000);
        for (String format : List.of("base64", "hex", "html", "json")) {
            assertThatThrownBy(() -> call("encode", format, longest))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessageContaining("at most 40000 are given");
        }
        assertThatThrownBy(() -> call("encode", "hex", longest + "x"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("at most 40000 are read");
    }
}
