package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.tool.ToolFailure;

class HashToolTest {

    private final HashTool tool = new HashTool();

    private ObjectNode hash(String algorithm, String encoding, String text) {
        return Json.object(ToolCaller.call(
                tool,
                Json.object().put("text", text).put("algorithm", algorithm).put("encoding", encoding)));
    }

    /** The digests of the empty text and of "abc" as FIPS 180-4, FIPS 202, RFC 1321 and ISO 3309 give them. */
    @ParameterizedTest
    @CsvSource({
        "sha-256, '', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha-256, abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha-384, abc, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "sha-512, abc, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "sha3-256, '', a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
        "sha3-256, abc, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
        "sha-1, abc, a9993e364706816aba3e25717850c26c9cd0d89d",
        "md5, abc, 900150983cd24fb0d6963f7d28e17f72",
        "crc32, 123456789, cbf43926",
    })
    void hashesText(String algorithm, String text, String expected) {
        ObjectNode result = hash(algorithm, "utf-8", text);

        assertThat(result.path("hex").asText()).isEqualTo(expected);
        assertThat(Base64.getDecoder().decode(result.path("base64").asText())).hasSize(expected.length() / 2);
        assertThat(result.path("algorithm").asText()).isEqualTo(algorithm);
    }

    @Test
    void usesSha256OfTheTextInUtf8WhereNothingElseIsSaid() {
        ObjectNode result = ToolCaller.call(tool, "{\"text\": \"\u00e9\"}");

        assertThat(result.path("algorithm").asText()).isEqualTo("sha-256");
        assertThat(result.path("hashed_bytes").asInt()).isEqualTo(2);
        assertThat(result.path("hex").asText())
                .isEqualTo(hash("sha-256", "hex", "c3a9").path("hex").asText())
                .isEqualTo(hash("sha-256", "base64", "w6k=").path("hex").asText());
    }

    @ParameterizedTest
    @CsvSource({"sha-256, false", "sha3-256, false", "sha-1, true", "md5, true", "crc32, true"})
    void saysWhatIsNotForSecurity(String algorithm, boolean said) {
        assertThat(hash(algorithm, "utf-8", "abc").has("note")).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | \"text\" is missing",
                "{'text': 5} | is a string",
                "{'text': 'x', 'algorithm': 'sha256'} | there are sha-256, sha-384, sha-512, sha3-256, sha-1, md5, crc32",
                "{'text': 'x', 'encoding': 'latin-1'} | there are utf-8, base64, hex",
                "{'text': 'xyz', 'encoding': 'hex'} | not hex: \"x\" at character 1",
                "{'text': 'abc', 'encoding': 'hex'} | two for each byte",
                "{'text': 'a-b_', 'encoding': 'base64'} | not base64: \"-\" at character 2",
                "{'text': '\\ud83d'} | half a surrogate pair",
                "{'text': 'x', 'key': 'secret'} | it takes text, encoding, algorithm",
            })
    void tellsTheModelWhatToRepair(String arguments, String expected) {
        assertThatThrownBy(() -> ToolCaller.call(tool, arguments.replace('\'', '"')))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @Test
    void hashesTheLongestText() {
        String text = "\u00e9".repeat(200_000);

        assertThat(hash("sha3-256", "utf-8", text).path("hashed_bytes").asInt()).isEqualTo(400_000);
        assertThatThrownBy(() -> hash("sha-256", "utf-8", text + "x"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("at most 200000");
    }
}
