package org.mcpagentic.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What lies in {@code monitoring/}. */
final class Monitoring {

    static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    static final Path FOLDER = CHECKOUT.resolve("monitoring");
    static final Path RULES = FOLDER.resolve("rules");
    static final Path DASHBOARDS = FOLDER.resolve("dashboards");
    static final Path RUNBOOKS = CHECKOUT.resolve("docs/runbooks");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Monitoring() {}

    /**
     * One rule of a rule file.
     *
     * @param name of the alert, or of the series that is recorded
     */
    record Rule(String file, boolean isAlert, String name, String expression, JsonNode tree) {}

    /** One question that a panel asks. */
    record Query(String dashboard, String panel, String expression) {}

    static List<Path> ruleFiles() {
        return files(RULES, ".yaml");
    }

    static List<Path> ruleTests() {
        return files(RULES.resolve("tests"), ".yaml");
    }

    static List<Path> dashboardFiles() {
        return files(DASHBOARDS, ".json");
    }

    static List<Rule> rules() {
        return ruleFiles().stream()
                .flatMap(file -> each(yaml(file).path("groups"))
                        .flatMap(group -> each(group.path("rules")))
                        .map(rule -> rule(file, rule)))
                .toList();
    }

    static List<Rule> alerts() {
        return rules().stream().filter(Rule::isAlert).toList();
    }

    static List<Query> queries() {
        return dashboardFiles().stream()
                .flatMap(file -> each(json(file).path("panels"))
                        .flatMap(panel -> each(panel.path("targets"))
                                .map(target -> new Query(
                                        file.getFileName().toString(),
                                        panel.path("title").asText(),
                                        target.path("expr").asText()))))
                .toList();
    }

    static JsonNode json(Path file) {
        return read(JSON, file);
    }

    static JsonNode yaml(Path file) {
        return read(YAML, file);
    }

    /** The documents of a file that holds several. */
    static List<JsonNode> yamls(Path file) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
            return values.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The items of an array, none where there is no array. */
    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Rule rule(Path file, JsonNode rule) {
        boolean isAlert = rule.has("alert");
        return new Rule(
                file.getFileName().toString(),
                isAlert,
                rule.path(isAlert ? "alert" : "record").asText(),
                rule.path("expr").asText(),
                rule);
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
