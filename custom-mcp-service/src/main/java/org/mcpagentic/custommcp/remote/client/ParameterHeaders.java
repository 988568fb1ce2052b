package org.mcpagentic.custommcp.remote.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arguments that a tool's schema wants in headers too: properties with {@code x-mcp-header}, at any depth.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/transports/streamable-http#custom-headers-from-tool-parameters">
 *     Custom headers from tool parameters</a>
 */
public final class ParameterHeaders {

    private static final String MARK = "x-mcp-header";
    private static final int MOST_DEPTH = 16;
    private static final int MOST_HEADERS = 32;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern SENTINEL = Pattern.compile("=\\?base64\\?.*\\?=", Pattern.DOTALL);
    private static final Set<String> PLAIN_TYPES = Set.of("string", "integer", "boolean");

    private ParameterHeaders() {}

    /** A property that is mirrored. */
    private record Mirrored(List<String> path, String header, String type) {}

    /** What is wrong with a schema's headers, so that its tool must not be used; nothing where they are as they have to be. */
    public static Optional<String> flaw(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        List<Mirrored> all = mirrored(schema, List.of(), 0).toList();
        if (all.size() > MOST_HEADERS) {
            return Optional.of("it wants more than " + MOST_HEADERS + " arguments in headers");
        }
        for (Mirrored each : all) {
            if (!TOKEN.matcher(each.header()).matches()) {
                return Optional.of("it wants an argument in a header that has no proper name");
            }
            if (!names.add(each.header().toLowerCase(Locale.ROOT))) {
                return Optional.of("it wants two arguments in one header");
            }
            if (!PLAIN_TYPES.contains(each.type())) {
                return Optional.of("it wants an argument in a header that is no string, integer or boolean");
            }
        }
        return Optional.empty();
    }

    /** The headers of a call, by name. */
    static Map<String, String> of(JsonNode schema, ObjectNode arguments) {
        return mirrored(schema, List.of(), 0)
                .flatMap(each -> value(arguments, each.path()).stream()
                        .map(value -> Map.entry("Mcp-Param-" + each.header(), encoded(value))))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    private static Stream<Mirrored> mirrored(JsonNode schema, List<String> path, int depth) {
        if (depth > MOST_DEPTH) {
            return Stream.empty();
        }
        return schema.path("properties").properties().stream().flatMap(property -> {
            List<String> inside =
                    Stream.concat(path.stream(), Stream.of(property.getKey())).toList();
            JsonNode definition = property.getValue();
            Stream<Mirrored> own = definition.has(MARK)
                    ? Stream.of(new Mirrored(
                            inside,
                            definition.get(MARK).asText(),
                            definition.path("type").asText()))
                    : Stream.empty();
            return Stream.concat(own, mirrored(definition, inside, depth + 1));
        });
    }

    private static Optional<String> value(JsonNode arguments, List<String> path) {
        JsonNode value = arguments;
        for (String name : path) {
            value = value.path(name);
        }
        return value.isTextual() || value.isIntegralNumber() || value.isBoolean()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    /** As a header may have it. */
    static String encoded(String value) {
        boolean plain = value.chars().allMatch(character -> character >= 0x20 && character <= 0x7e)
                && value.equals(value.strip())
                && !value.isEmpty()
                && !SENTINEL.matcher(value).matches();
        return plain
                ? value
                : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
