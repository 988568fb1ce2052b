package org.mcpagentic.agent.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mcpagentic.store.CallArguments;

/**
 * Arguments in one form only, so that their digest stands for them. As RFC 8785 has it: no blanks, members in the order of
 * their names' UTF-16, strings with the fewest escapes. Other than there an integer keeps all its digits, for two that differ beyond 2^53
 * are two; any other number is the shortest decimal of its double, as Java writes it, and half of a surrogate pair is an escape.
 */
public final class CanonicalArguments {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalArguments() {}

    /** The arguments with their digest. */
    public static CallArguments of(ObjectNode arguments) {
        StringBuilder text = new StringBuilder();
        write(arguments, text);
        return new CallArguments(text.toString(), digest(text.toString()));
    }

    /** What the digest stands for, to call a tool with; nothing where it stands for something else. */
    public static Optional<ObjectNode> intact(CallArguments arguments) {
        if (!digest(arguments.json()).equals(arguments.digest())) {
            return Optional.empty();
        }
        try {
            return JSON.readTree(arguments.json()) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            // why not the cause: it quotes the arguments
            throw new IllegalStateException("canonical arguments are not JSON");
        }
    }

    private static void write(JsonNode node, StringBuilder text) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> members = new TreeMap<>();
                node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
                text.append('{');
                String separator = "";
                for (Map.Entry<String, JsonNode> member : members.entrySet()) {
                    text.append(separator);
                    write(member.getKey(), text);
                    text.append(':');
                    write(member.getValue(), text);
                    separator = ",";
                }
                text.append('}');
            }
            case ARRAY -> {
                text.append('[');
                String separator = "";
                for (JsonNode element : node) {
                    text.append(separator);
                    write(element, text);
                    separator = ",";
                }
                text.append(']');
            }
            case NUMBER -> write(node, node.doubleValue(), text);
            case BOOLEAN -> text.append(node.booleanValue());
            case NULL, MISSING -> text.append("null");
            case STRING, BINARY, POJO -> write(node.asText(), text);
        }
    }

    private static void write(JsonNode number, double value, StringBuilder text) {
        if (number.isIntegralNumber()) {
            text.append(number.bigIntegerValue());
        } else if (Double.isFinite(value)) {
            text.append(value);
        } else {
            // why: JSON has no such number, and no schema of a number takes a string
            write(Double.toString(value), text);
        }
    }

    private static void write(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || isHalf(string, i)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Whether it is a surrogate without the other one. */
    private static boolean isHalf(String string, int i) {
        char c = string.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
