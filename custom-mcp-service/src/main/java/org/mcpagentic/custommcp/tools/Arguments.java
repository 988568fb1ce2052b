package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.ToolSpec;

/** A call's untrusted arguments, read against the tool's schema; what is wrong is said so that a model can repair it. */
final class Arguments {

    private final ObjectNode given;
    private final ToolSpec spec;

    private Arguments(ObjectNode given, ToolSpec spec) {
        this.given = given;
        this.spec = spec;
    }

    static Arguments of(ObjectNode given, ToolSpec spec) {
        Set<String> unknown = new HashSet<>();
        given.fieldNames().forEachRemaining(unknown::add);
        JsonNode properties = spec.inputSchema().path("properties");
        properties.fieldNames().forEachRemaining(unknown::remove);
        if (!unknown.isEmpty()) {
            List<String> known = new ArrayList<>();
            properties.fieldNames().forEachRemaining(known::add);
            throw new ToolFailure(
                    "%s has no such argument; it takes %s".formatted(spec.name(), String.join(", ", known)));
        }
        return new Arguments(given, spec);
    }

    /** A text that must be there, within the schema's {@code maxLength}, counted in code points. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> new ToolFailure("the argument \"" + name + "\" is missing"));
    }

    Optional<String> optionalText(String name) {
        JsonNode value = given.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new ToolFailure("the argument \"" + name + "\" is a string");
        }
        String text = value.textValue();
        int most = property(name).path("maxLength").asInt();
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            throw new ToolFailure(
                    "the argument \"%s\" has %d characters; at most %d are read".formatted(name, length, most));
        }
        return Optional.of(text);
    }

    /** A whole number within the schema's {@code minimum} and {@code maximum}. */
    Optional<Integer> optionalInteger(String name) {
        JsonNode value = given.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        int least = property(name).path("minimum").asInt();
        int most = property(name).path("maximum").asInt();
        // why: 90.0 is an integer to JSON Schema
        boolean whole = value.isNumber() && value.canConvertToInt() && value.doubleValue() == value.intValue();
        if (!whole || value.intValue() < least || value.intValue() > most) {
            throw new ToolFailure("the argument \"%s\" is a whole number from %d to %d".formatted(name, least, most));
        }
        return Optional.of(value.intValue());
    }

    /** The texts of a list within the schema's bounds; none where it is not there. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        int longest = property(name).path("items").path("maxLength").asInt();
        for (JsonNode item : list(name)) {
            if (!item.isTextual() || item.textValue().length() > longest) {
                throw new ToolFailure(
                        "the argument \"%s\" is a list of strings of at most %d characters".formatted(name, longest));
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    /** The numbers of a list within the schema's bounds, empty where it is not there. */
    Optional<List<Double>> numbers(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        List<Double> numbers = new ArrayList<>();
        JsonNode bounds = property(name).path("items");
        double least = bounds.path("minimum").asDouble();
        double most = bounds.path("maximum").asDouble();
        for (JsonNode item : list(name)) {
            if (!item.isNumber() || !(item.doubleValue() >= least && item.doubleValue() <= most)) {
                throw new ToolFailure(
                        "the argument \"%s\" is a list of numbers from %s to %s".formatted(name, least, most));
            }
            numbers.add(item.doubleValue());
        }
        return Optional.of(numbers);
    }

    private JsonNode list(String name) {
        JsonNode value = given.path(name);
        int most = property(name).path("maxItems").asInt();
        if (has(name) && (!value.isArray() || value.size() > most)) {
            throw new ToolFailure("the argument \"%s\" is a list of at most %d".formatted(name, most));
        }
        return value;
    }

    boolean has(String name) {
        return given.hasNonNull(name);
    }

    private JsonNode property(String name) {
        return spec.inputSchema().path("properties").path(name);
    }
}
