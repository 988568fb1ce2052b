package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.agent.tool.OwnThread;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.encoding.Decoded;
import org.mcpagentic.custommcp.tools.encoding.Encoding;

/** Encodes and decodes text. */
@ApplicationScoped
public class EncodingTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "encoding",
            "Encodes a text or decodes one: base64, base64url, hexadecimal, URL percent-encoding, HTML entities, JSON strings. "
                    + "Encoding is no encryption: everybody can decode it.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "operation": {
                          "type": "string",
                          "maxLength": 20,
                          "enum": ["encode", "decode"]
                        },
                        "format": {
                          "type": "string",
                          "maxLength": 20,
                          "enum": ["base64", "base64url", "hex", "url", "html", "json"],
                          "description": "base64: with padding. base64url: encoded without padding, decoded with or without. hex: two digits for each byte. url: percent-encoding of RFC 3986, a space is %20 and a plus is a plus. html: character references such as &amp;. json: a JSON string with its quotes. Texts are in UTF-8."
                        },
                        "text": {
                          "type": "string",
                          "maxLength": 40000,
                          "description": "What to encode or decode, complete and unchanged.",
                          "examples": ["hello", "aGVsbG8="]
                        }
                      },
                      "required": ["operation", "format", "text"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(5),
            40_000);

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return OwnThread.run(context.threads(), () -> bounded(apply(arguments)));
    }

    private static ObjectNode apply(ObjectNode untrusted) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        String operation = arguments.text("operation");
        Encoding encoding = Encoding.ofWireName(arguments.text("format"));
        String text = arguments.text("text");
        return switch (operation) {
            case "encode" -> Json.object().put("result", encoding.encode(text));
            case "decode" -> shown(Decoded.of(encoding.decode(text)));
            default ->
                throw new ToolFailure("there is no operation \"" + operation + "\"; there are encode and decode");
        };
    }

    private static ObjectNode shown(Decoded decoded) {
        return decoded.isText()
                ? Json.object().put("result", decoded.shown())
                : Json.object()
                        .put("hex", decoded.shown())
                        .put(
                                "note",
                                "these " + decoded.bytes() + " bytes are no text in UTF-8; their digits are shown");
    }

    /** Half of what was encoded would be of no use. */
    private static String bounded(ObjectNode result) {
        String text = result.toString();
        if (text.length() > SPEC.maxOutputChars()) {
            throw new ToolFailure("the result has %d characters, at most %d are given; take a shorter text"
                    .formatted(text.length(), SPEC.maxOutputChars()));
        }
        return text;
    }
}
