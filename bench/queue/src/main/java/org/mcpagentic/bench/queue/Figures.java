package org.mcpagentic.bench.queue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured of both, run by run. */
final class Figures {

    private final Map<Contender, Map<Figure, List<Double>>> measured = new EnumMap<>(Contender.class);

    void add(Contender contender, Figure figure, double value) {
        measured.computeIfAbsent(contender, who -> new EnumMap<>(Figure.class))
                .computeIfAbsent(figure, what -> new ArrayList<>())
                .add(value);
    }

    /** The median of all runs; not a number where there was none. */
    double median(Contender contender, Figure figure) {
        return Samples.of(runs(contender, figure)).median();
    }

    /** One row per figure that was measured: the ratio of the medians first. */
    String table() {
        StringBuilder text = new StringBuilder();
        row(text, "ratio", "target", "", "ours", "BullMQ", "what");
        for (Figure figure : Figure.values()) {
            double ours = median(Contender.OURS, figure);
            double peer = median(Contender.PEER, figure);
            if (Double.isNaN(ours)) {
                continue;
            }
            row(
                    text,
                    Double.isNaN(peer) ? "-" : String.format(Locale.ROOT, "%.2f", ours / peer),
                    figure.target().isEmpty() ? "-" : figure.target(),
                    figure.met(ours, peer).map(met -> met ? "met" : "missed").orElse(""),
                    shown(ours, figure.unit()),
                    shown(peer, figure.unit()),
                    figure.title());
        }
        return text.toString();
    }

    /** Every run of every figure. */
    String raw() {
        StringBuilder text = new StringBuilder();
        for (Figure figure : Figure.values()) {
            for (Contender contender : Contender.values()) {
                List<Double> runs = runs(contender, figure);
                if (!runs.isEmpty()) {
                    text.append(String.format(
                            Locale.ROOT,
                            "%-52s %-7s %s%n",
                            figure.title(),
                            contender.title(),
                            String.join(
                                    "  ",
                                    runs.stream()
                                            .map(run -> shown(run, figure.unit()))
                                            .toList())));
                }
            }
        }
        return text.toString();
    }

    private List<Double> runs(Contender contender, Figure figure) {
        return measured.getOrDefault(contender, Map.of()).getOrDefault(figure, List.of());
    }

    private static void row(StringBuilder text, String... cells) {
        text.append(String.format(Locale.ROOT, "%7s  %-8s %-7s %14s %14s  %s%n", (Object[]) cells));
    }

    private static String shown(double value, String unit) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String number = value >= 1_000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
        return unit.isEmpty() ? number : unit.equals("/s") ? number + unit : number + " " + unit;
    }
}
