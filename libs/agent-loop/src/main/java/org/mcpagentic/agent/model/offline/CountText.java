package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts in a text. */
record CountText(String text, String label, List<Metric> metrics) implements Intent {

    public CountText {
        metrics = List.copyOf(metrics);
    }

    @Override
    public String tool() {
        return Contract.TEXT_STATISTICS;
    }

    @Override
    public Value.Kind continues() {
        return Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return metrics.getFirst().isCount() ? Value.Kind.NUMBER : Value.Kind.NONE;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.count(text);
    }

    @Override
    public List<String> needs() {
        return metrics.stream().map(Metric::pointer).toList();
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        if (metrics.size() > 3) {
            return label + " has:\n"
                    + metrics.stream().map(metric -> "- " + metric.said(result)).collect(Collectors.joining("\n"));
        }
        return label + " has "
                + Composer.joined(
                        metrics.stream().map(metric -> metric.said(result)).toList()) + ".";
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        String count = Contract.text(result, metrics.getFirst().pointer());
        return Optional.of(new Value.Amount(count, count));
    }

    @Override
    public String wish() {
        return "counting in " + label;
    }
}
