package org.mcpagentic.models.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What Google publishes about generateContent's messages: the table beside this class, made by
 * {@code src/test/scripts/gemini_schema_facts.py}.
 */
final class SchemaFacts {

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]*={0,2}");

    private final Map<String, Map<String, Field>> messages = new HashMap<>();
    private final List<String> routes = new ArrayList<>();

    /** One field of a message. */
    private record Field(String kind, String type) {}

    SchemaFacts() {
        try (InputStream table = Objects.requireNonNull(SchemaFacts.class.getResourceAsStream("schema-facts.tsv"))) {
            new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(this::learn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths of a method, as patterns of {@code {model=models/*}}. */
    List<String> routes(String method) {
        return routes.stream()
                .filter(route -> route.startsWith(method + " "))
                .map(route -> route.substring(method.length() + 1))
                .toList();
    }

    /** What of the JSON is not as the message says, each with where it is. */
    List<String> violations(JsonNode json, String message) {
        List<String> found = new ArrayList<>();
        check(json, message, "$", found);
        return found;
    }

    private void learn(String[] fact) {
        if (fact[0].equals("route")) {
            routes.add(fact[1] + " " + fact[2] + " " + fact[3]);
        } else {
            messages.computeIfAbsent(fact[0], first -> new HashMap<>()).put(fact[1], new Field(fact[2], fact[3]));
        }
    }

    private void check(JsonNode json, String message, String path, List<String> found) {
        if (!json.isObject()) {
            found.add(path + " is no " + message);
            return;
        }
        Map<String, Field> fields = messages.getOrDefault(message, Map.of());
        json.properties().forEach(entry -> {
            String inside = path + "." + entry.getKey();
            Field field = fields.get(entry.getKey());
            if (field == null) {
                found.add(inside + " is no field of " + message);
            } else {
                checkField(entry.getValue(), field, inside, found);
            }
        });
    }

    private void checkField(JsonNode value, Field field, String path, List<String> found) {
        switch (field.kind()) {
            case "one" -> checkValue(value, field.type(), path, found);
            case "many" -> {
                if (!value.isArray()) {
                    found.add(path + " is no array");
                }
                for (int i = 0; i < value.size(); i++) {
                    checkValue(value.get(i), field.type(), path + "[" + i + "]", found);
                }
            }
            case "map" ->
                value.properties()
                        .forEach(entry ->
                                checkValue(entry.getValue(), field.type(), path + "." + entry.getKey(), found));
            default -> throw new IllegalStateException("the table has a kind " + field.kind());
        }
    }

    private void checkValue(JsonNode value, String type, String path, List<String> found) {
        boolean fits = switch (type) {
            case "string" -> value.isTextual();
            case "bytes" -> value.isTextual() && BASE64.matcher(value.asText()).matches();
            case "bool" -> value.isBoolean();
            case "int32" -> value.isInt();
            case "int64" -> value.isIntegralNumber() || value.isTextual();
            case "number" -> value.isNumber();
            case "struct" -> value.isObject();
            case "list" -> value.isArray();
            case "value" -> true;
            default -> {
                if (type.startsWith("enum:")) {
                    yield Arrays.asList(type.substring(5).split(",")).contains(value.asText());
                }
                check(value, type, path, found);
                yield true;
            }
        };
        if (!fits) {
            found.add(path + " is no " + type);
        }
    }
}
