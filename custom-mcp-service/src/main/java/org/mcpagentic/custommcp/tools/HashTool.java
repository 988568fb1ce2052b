package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.mcpagentic.agent.tool.OwnThread;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.encoding.Digest;
import org.mcpagentic.custommcp.tools.encoding.Source;

/** Computes digests and checksums. */
@ApplicationScoped
public class HashTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "hash",
            "Computes the digest or checksum of a text or of bytes: SHA-2, SHA-3, SHA-1, MD5, CRC-32. No keyed hashes (HMAC): "
                    + "secrets do not belong in a tool's arguments.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "text": {
                          "type": "string",
                          "maxLength": 200000,
                          "description": "What to hash, complete and unchanged.",
                          "examples": ["hello"]
                        },
                        "encoding": {
                          "type": "string",
                          "maxLength": 20,
                          "enum": ["utf-8", "base64", "hex"],
                          "default": "utf-8",
                          "description": "What the text stands for: itself, or bytes in base64 or hexadecimal digits."
                        },
                        "algorithm": {
                          "type": "string",
                          "maxLength": 20,
                          "enum": ["sha-256", "sha-384", "sha-512", "sha3-256", "sha-1", "md5", "crc32"],
                          "default": "sha-256",
                          "description": "sha-1, md5 and crc32 are for comparing with what others computed, not for security."
                        }
                      },
                      "required": ["text"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(5),
            1_000);

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return OwnThread.run(context.threads(), () -> hash(arguments));
    }

    private static String hash(ObjectNode untrusted) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        Source source =
                arguments.optionalText("encoding").map(Source::ofWireName).orElse(Source.UTF_8);
        Digest digest =
                arguments.optionalText("algorithm").map(Digest::ofWireName).orElse(Digest.SHA_256);
        byte[] bytes = source.bytes(arguments.text("text"));
        byte[] value = digest.of(bytes);
        ObjectNode result = Json.object()
                .put("algorithm", digest.wireName())
                .put("hex", HexFormat.of().formatHex(value))
                .put("base64", Base64.getEncoder().encodeToString(value))
                .put("hashed_bytes", bytes.length);
        if (!digest.isSecure()) {
            result.put("note", "not for security: others with the same " + digest.wireName() + " can be made");
        }
        return result.toString();
    }
}
