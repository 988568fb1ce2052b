package org.mcpagentic.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mcpagentic.delivery.Renderings.Rendering;

/** What was looked at, in words. */
final class Summary {

    private Summary() {}

    /** How many renderings of which source there are, how many objects, and which of them nobody could check. */
    static String of(Map<String, Rendering> renderings, CustomResources custom) {
        var sources = renderings.values().stream()
                .collect(Collectors.groupingBy(Rendering::source, TreeMap::new, Collectors.counting()));
        List<Manifest> objects = renderings.values().stream()
                .flatMap(rendering -> rendering.manifests().stream())
                .toList();
        var kinds = objects.stream()
                .filter(Manifest::isCustom)
                .collect(Collectors.groupingBy(
                        manifest -> manifest.apiVersion() + " " + manifest.kind(),
                        TreeMap::new,
                        Collectors.counting()));
        long customs = kinds.values().stream().mapToLong(Long::longValue).sum();
        var lines = new StringBuilder("delivery: ");
        lines.append(sources.entrySet().stream()
                .map(source -> source.getValue() + " " + source.getKey().name().toLowerCase(Locale.ROOT)
                        + (source.getValue() == 1 ? "" : "s"))
                .collect(Collectors.joining(", ")));
        lines.append("\ndelivery: %d objects of Kubernetes' own kinds checked%n".formatted(objects.size() - customs));
        lines.append(
                custom.areChecked()
                        ? "delivery: %d custom resources checked by the schemas of their definitions%n"
                                .formatted(customs)
                        : "delivery: %d custom resources NOT checked: set CRD_SCHEMAS to a folder with crds/GROUP/KIND_VERSION.json%n"
                                .formatted(customs));
        kinds.forEach((kind, count) -> lines.append("  %4d %s%n".formatted(count, kind)));
        return lines.toString();
    }
}
