package org.mcpagentic.custommcp.remote.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call came to; untrusted.
 *
 * @param text for a model; what is no text is described in brackets
 * @param failed whether the tool says that it failed
 */
public record CallResult(String text, boolean failed) {

    private static final int MOST_NAME = 200;

    static CallResult of(JsonNode result) {
        List<String> parts = new ArrayList<>();
        boolean hasText = false;
        for (JsonNode part : result.path("content")) {
            hasText |= part.path("type").asText().equals("text")
                    || part.path("resource").has("text");
            parts.add(text(part));
        }
        JsonNode structured = result.path("structuredContent");
        if (!hasText && !structured.isMissingNode() && !structured.isNull()) {
            parts.addFirst(Message.text(structured));
        }
        return new CallResult(
                parts.isEmpty() ? "(the tool returned nothing)" : String.join("\n", parts),
                result.path("isError").asBoolean(false));
    }

    private static String text(JsonNode part) {
        String type = part.path("type").asText();
        return switch (type) {
            case "text" -> part.path("text").asText();
            case "image", "audio" -> described(type, part, part.path("data"));
            case "resource" ->
                part.path("resource").has("text")
                        ? part.path("resource").path("text").asText()
                        : described(
                                "resource",
                                part.path("resource"),
                                part.path("resource").path("blob"));
            case "resource_link" -> "[link to " + plain(part.path("name")) + ": " + plain(part.path("uri")) + "]";
            default -> "[content of a kind that is not known here]";
        };
    }

    private static String described(String what, JsonNode part, JsonNode base64) {
        return "[" + what + " of type " + plain(part.path("mimeType")) + ", about "
                + base64.asText().length() / 4L * 3 + " bytes, which are not shown]";
    }

    private static String plain(JsonNode text) {
        return PlainText.of(text.asText("unknown"), MOST_NAME);
    }
}
