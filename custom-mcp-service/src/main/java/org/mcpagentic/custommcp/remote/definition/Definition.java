package org.mcpagentic.custommcp.remote.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.mcpagentic.custommcp.remote.client.ParameterHeaders;
import org.mcpagentic.custommcp.remote.client.PlainText;

/**
 * What a server says that one of its tools is: all of it that a model is told or that shapes a call. Untrusted.
 *
 * @param name as the server calls it, 1 to 128 characters
 * @param description as the server gives it, possibly empty
 * @param inputSchema of type object
 * @param outputSchema of what it returns, where it says so
 */
public record Definition(String name, String description, ObjectNode inputSchema, Optional<JsonNode> outputSchema) {

    /** Most characters of a definition in its canonical form. */
    public static final int MOST_CHARS = 32_768;

    /** Most characters of a description that a model is told. */
    private static final int MOST_DESCRIPTION = 1_024;

    private static final int MOST_NAME = 128;
    private static final int MOST_DEPTH = 32;

    public Definition {
        inputSchema = inputSchema.deepCopy();
        outputSchema = outputSchema.map(JsonNode::deepCopy);
    }

    /** A tool that a server lists, or why it cannot be used. */
    public sealed interface Read {

        /** It can be used. */
        record Usable(Definition definition) implements Read {}

        /**
         * It cannot.
         *
         * @param name as far as it can be shown
         */
        record Flawed(String name, String why) implements Read {}
    }

    /** Reads an element of what {@code tools/list} returns. */
    public static Read read(JsonNode tool) {
        String name = tool.path("name").asText();
        String shown = PlainText.of(name, MOST_NAME);
        if (name.isEmpty() || name.length() > MOST_NAME || !shown.equals(name) || !name.equals(name.strip())) {
            return new Read.Flawed(shown, "its name is not 1 to 128 printable characters");
        }
        JsonNode schema = tool.path("inputSchema");
        if (!schema.isObject() || !schema.path("type").asText().equals("object")) {
            return new Read.Flawed(shown, "its input schema is not of type object");
        }
        if (depth(schema) > MOST_DEPTH || depth(tool.path("outputSchema")) > MOST_DEPTH) {
            return new Read.Flawed(shown, "its schemas are nested more than " + MOST_DEPTH + " deep");
        }
        if (!hasPlainNames(schema) || !hasPlainNames(tool.path("outputSchema"))) {
            return new Read.Flawed(shown, "its schemas have a name that is not at most 128 printable characters");
        }
        Optional<String> headers = ParameterHeaders.flaw(schema);
        if (headers.isPresent()) {
            return new Read.Flawed(shown, headers.get());
        }
        Definition definition = new Definition(
                name,
                tool.path("description").asText(),
                (ObjectNode) schema,
                tool.path("outputSchema").isObject() ? Optional.of(tool.path("outputSchema")) : Optional.empty());
        return definition.text().length() > MOST_CHARS
                ? new Read.Flawed(shown, "its definition has more than " + MOST_CHARS + " characters")
                : new Read.Usable(definition);
    }

    /** What {@link #text()} wrote. */
    public static Definition of(String text) {
        JsonNode kept = Canonical.read(text);
        return new Definition(
                kept.path("name").asText(),
                kept.path("description").asText(),
                (ObjectNode) kept.get("input_schema"),
                Optional.ofNullable(kept.get("output_schema")));
    }

    /** As a JSON object. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("description", description);
        json.set("input_schema", inputSchema);
        outputSchema.ifPresent(schema -> json.set("output_schema", schema));
        return json;
    }

    /** Its canonical form: the same for the same definition, however the server writes it down. */
    public String text() {
        return Canonical.text(json());
    }

    /** SHA-256 of the canonical form's UTF-8, in hexadecimal. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What a model is told: from where it comes, and a bounded part of the description as plain text. */
    public String descriptionForModel(String server) {
        String plain = PlainText.of(description, MOST_DESCRIPTION).strip();
        return plain.isEmpty()
                ? "A tool of the external MCP server " + server + ", which does not describe it."
                : plain + " (A tool of the external MCP server " + server + ".)";
    }

    /** The schema that a model is told: without what people do not see in its text. */
    public ObjectNode schemaForModel() {
        return (ObjectNode) plain(inputSchema);
    }

    private static JsonNode plain(JsonNode value) {
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(PlainText.of(value.textValue(), MOST_DESCRIPTION));
        }
        if (value.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> array.add(plain(element)));
            return array;
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> object.set(member.getKey(), plain(member.getValue())));
            return object;
        }
        return value;
    }

    /** Why no schema with others is used: a model is told all names, and without what people do not see two may be the same. */
    private static boolean hasPlainNames(JsonNode value) {
        for (var member : value.properties()) {
            if (!PlainText.of(member.getKey(), MOST_NAME).equals(member.getKey())) {
                return false;
            }
        }
        for (JsonNode inside : value) {
            if (!hasPlainNames(inside)) {
                return false;
            }
        }
        return true;
    }

    private static int depth(JsonNode value) {
        int deepest = 0;
        for (JsonNode inside : value) {
            deepest = Math.max(deepest, depth(inside));
        }
        return value.isContainerNode() ? deepest + 1 : 0;
    }
}
