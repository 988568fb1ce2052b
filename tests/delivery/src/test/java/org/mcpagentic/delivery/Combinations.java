package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The combinations of components that are tried: of each decision in {@code components.yaml} one line, so that any two
 * lines that may be taken together are taken together at least once.
 */
final class Combinations {

    private static final Path FILE = Path.of("src/test/resources/components.yaml");
    private static final Path COMPONENTS = Kustomization.FOLDER.resolve("components");

    private Combinations() {}

    /** The components of each combination, in the order in which a kustomization lists them; the same at each run. */
    static List<List<String>> all() throws IOException {
        return covering(decisions()).stream()
                .map(lines -> lines.stream().flatMap(List::stream).toList())
                .toList();
    }

    /** The lines of each decision. */
    static List<List<List<String>>> decisions() throws IOException {
        return section("decisions")
                .propertyStream()
                .map(decision -> Manifest.each(decision.getValue())
                        .map(Combinations::texts)
                        .toList())
                .toList();
    }

    /** Components that must not be taken together. */
    static List<List<String>> exclusive() throws IOException {
        return Manifest.each(section("exclusive")).map(Combinations::texts).toList();
    }

    /** The folders of all components there are, such as {@code external-secrets/oidc}. */
    static List<String> components() throws IOException {
        try (Stream<Path> files = Files.walk(COMPONENTS)) {
            return files.filter(file -> file.endsWith("kustomization.yaml"))
                    .map(file -> COMPONENTS.relativize(file.getParent()).toString())
                    .sorted()
                    .toList();
        }
    }

    /** A kustomization of the base with these components, made in a folder below {@code target}. */
    static Path kustomization(List<String> components) throws IOException {
        String name =
                components.isEmpty() ? "base" : String.join("+", components).replace('/', '.');
        Path folder = Files.createDirectories(Path.of("target/combinations", name));
        var lines = new ArrayList<String>();
        lines.add("apiVersion: kustomize.config.k8s.io/v1beta1");
        lines.add("kind: Kustomization");
        lines.add("resources:");
        lines.add("  - ../../../../../k8s/base");
        lines.add(components.isEmpty() ? "components: []" : "components:");
        components.forEach(component -> lines.add("  - ../../../../../k8s/components/" + component));
        Files.write(folder.resolve("kustomization.yaml"), lines);
        return folder;
    }

    /** One line of each decision, until every pair of lines of two decisions is there; always the one that adds most. */
    static List<List<List<String>>> covering(List<List<List<String>>> decisions) {
        List<int[]> candidates = product(decisions);
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        List<BitSet> pairs = candidates.stream()
                .map(candidate -> {
                    var covered = new BitSet();
                    for (int left = 0; left < candidate.length; left++) {
                        for (int right = left + 1; right < candidate.length; right++) {
                            var pair = List.of(left, candidate[left], right, candidate[right]);
                            covered.set(numbers.computeIfAbsent(pair, any -> numbers.size()));
                        }
                    }
                    return covered;
                })
                .toList();
        var chosen = new ArrayList<List<List<String>>>();
        var missing = new BitSet();
        missing.set(0, numbers.size());
        while (!missing.isEmpty()) {
            int best = -1;
            int most = 0;
            for (int index = 0; index < pairs.size(); index++) {
                var added = (BitSet) missing.clone();
                added.and(pairs.get(index));
                if (added.cardinality() > most) {
                    most = added.cardinality();
                    best = index;
                }
            }
            missing.andNot(pairs.get(best));
            var lines = new ArrayList<List<String>>();
            for (int decision = 0; decision < decisions.size(); decision++) {
                lines.add(decisions.get(decision).get(candidates.get(best)[decision]));
            }
            chosen.add(lines);
        }
        return chosen;
    }

    private static List<int[]> product(List<List<List<String>>> decisions) {
        List<int[]> all = List.of(new int[0]);
        for (List<List<String>> lines : decisions) {
            var longer = new ArrayList<int[]>();
            for (int[] start : all) {
                for (int line = 0; line < lines.size(); line++) {
                    int[] next = Arrays.copyOf(start, start.length + 1);
                    next[start.length] = line;
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    private static JsonNode section(String name) throws IOException {
        return Manifest.parse(Files.readString(FILE)).getFirst().at("/" + name);
    }

    private static List<String> texts(JsonNode array) {
        return Manifest.each(array).map(JsonNode::asText).toList();
    }
}
