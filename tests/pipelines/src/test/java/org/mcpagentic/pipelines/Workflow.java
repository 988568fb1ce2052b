package org.mcpagentic.pipelines;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A workflow of GitHub Actions.
 *
 * @param text as it is written, comments and all
 * @param tree what it says
 */
record Workflow(String text, JsonNode tree) {
    /** Environments at which GitHub asks somebody before the job begins. */
    private static final Set<String> APPROVED = Set.of("staging", "production");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    static Workflow parse(String text) {
        try {
            return new Workflow(text, YAML.readTree(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not YAML", e);
        }
    }

    /** The jobs that run here, by their ids; not those that are another workflow. */
    Map<String, JsonNode> jobs() {
        return tree.path("jobs").properties().stream()
                .filter(job -> !job.getValue().has("uses"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    /** What is done, in the order in which it is written. */
    List<Stage> stages() {
        return tree.path("jobs").properties().stream()
                .map(Map.Entry::getValue)
                .filter(job -> !job.has("uses"))
                .map(Workflow::stage)
                .toList();
    }

    private static Stage stage(JsonNode job) {
        return new Stage(
                job.path("name").asText(),
                steps(job)
                        .filter(step -> step.has("run"))
                        .map(step -> step.get("run").asText().strip())
                        .toList(),
                axes(job.at("/strategy/matrix")),
                APPROVED.contains(job.path("environment").asText()));
    }

    private static Map<String, List<String>> axes(JsonNode matrix) {
        return matrix.properties().stream()
                .filter(axis -> !axis.getKey().equals("include"))
                .collect(Collectors.toMap(
                        axis -> axis.getKey().toUpperCase(Locale.ROOT),
                        axis -> axis.getValue()
                                .valueStream()
                                .map(JsonNode::asText)
                                .toList()));
    }

    static Stream<JsonNode> steps(JsonNode job) {
        return job.path("steps").valueStream();
    }
}
