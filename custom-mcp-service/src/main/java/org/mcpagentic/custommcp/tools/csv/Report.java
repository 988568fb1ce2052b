package org.mcpagentic.custommcp.tools.csv;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A summary as JSON that fits a bound; what does not fit is named, with the way to get it. */
public final class Report {

    private static final int TOP = 5;
    private static final int MOST_VALUE_CHARS = 60;
    private static final int MOST_LEFT_OUT_CHARS = 3_000;

    /** Beyond, a number is rounded: what a person or a model does with it needs no more. */
    private static final int MOST_PLAIN_CHARS = 34;

    private static final MathContext FIFTEEN_DIGITS = new MathContext(15);

    /** What names and counts around the columns and groups may take. */
    private static final int FRAME_CHARS = 1_000;

    private Report() {}

    /**
     * Writes it down.
     *
     * @param encoding what the bytes were read as, empty for text that was none
     * @param mostChars at least 10,000
     */
    public static String of(Summary summary, Optional<String> encoding, int mostChars) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("rows", summary.rows()).put("columns_total", summary.width());
        report.put("delimiter", summary.delimiter() == '\t' ? "tab" : String.valueOf(summary.delimiter()));
        report.put("header", summary.hasHeader() ? "first_row" : "none");
        encoding.ifPresent(name -> report.put("encoding", name));
        ragged(report, "short_rows", summary.shortRows());
        ragged(report, "long_rows", summary.longRows());
        if (summary.isApproximate()) {
            report.put(
                    "approximate",
                    "quantiles are estimates (t-digest): there are more than " + QuantilePool.MOST_KEPT + " numbers");
        }
        int room = mostChars - FRAME_CHARS;
        Optional<ObjectNode> groups = summary.groups().map(known -> groups(known, mostChars / 3));
        room -= groups.map(node -> node.toString().length()).orElse(0);
        columns(report, summary, room);
        groups.ifPresent(node -> report.set("groups", node));
        return report.toString();
    }

    private static void ragged(ObjectNode report, String name, Summary.Ragged ragged) {
        if (ragged.rows() > 0) {
            report.putObject(name).put("rows", ragged.rows()).put("first_line", ragged.firstLine());
        }
    }

    private static void columns(ObjectNode report, Summary summary, int room) {
        ArrayNode columns = report.putArray("columns");
        List<String> leftOut = new ArrayList<>();
        int left = room - MOST_LEFT_OUT_CHARS;
        for (Column column : summary.columns()) {
            ObjectNode described = column(column, summary.query().quantiles());
            int length = described.toString().length() + 1;
            if (leftOut.isEmpty() && length <= left) {
                columns.add(described);
                left -= length;
            } else {
                leftOut.add(column.name());
            }
        }
        if (!leftOut.isEmpty()) {
            ObjectNode node = report.putObject("left_out");
            node.put("columns", leftOut.size())
                    .put(
                            "why",
                            "the result has room for " + columns.size()
                                    + " columns; call again with \"columns\" to see others");
            ArrayNode names = node.putArray("names");
            for (String name : leftOut) {
                names.add(name);
                if (names.toString().length() > MOST_LEFT_OUT_CHARS - 500) {
                    names.remove(names.size() - 1);
                    break;
                }
            }
        }
    }

    private static ObjectNode column(Column column, List<Double> quantiles) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        String type = column.type();
        node.put("name", column.name()).put("type", type);
        if ("mixed".equals(type)) {
            ObjectNode kinds = node.putObject("kinds");
            column.kinds().forEach(kinds::put);
        }
        node.put("count", column.count());
        missing(node, column);
        if (column.count() > 0) {
            distinct(node, column.values());
        }
        if (column.figures().count() > 0) {
            figures(node, column.figures());
            column.figures().deviation().ifPresent(deviation -> node.set("sd", number(deviation)));
            if (!quantiles.isEmpty()) {
                ObjectNode found = node.putObject("quantiles");
                quantiles.forEach(quantile -> found.set(
                        number(quantile).asText(), number(column.quantiles().quantile(quantile))));
            }
        }
        if (!column.earliest().isEmpty()) {
            node.put("earliest", column.earliest()).put("latest", column.latest());
        }
        if ("text".equals(type) || "mixed".equals(type)) {
            node.put("min_length", column.shortest()).put("max_length", column.longest());
        }
        if ("text".equals(type) || "mixed".equals(type) || "boolean".equals(type)) {
            top(node, column.values());
        }
        return node;
    }

    private static void missing(ObjectNode node, Column column) {
        long missing =
                column.missing().values().stream().mapToLong(Long::longValue).sum();
        node.put("missing", missing);
        if (missing > 0) {
            ObjectNode as = node.putObject("missing_as");
            column.missing().forEach((written, count) -> as.put(written.isEmpty() ? "empty" : written, count));
        }
    }

    private static void distinct(ObjectNode node, ValueCounts values) {
        if (values.isComplete()) {
            node.put("distinct", values.distinct());
        } else {
            node.put("distinct", ">" + values.distinct());
        }
    }

    private static void figures(ObjectNode node, Figures figures) {
        figures.least().ifPresent(least -> node.set("min", number(least)));
        figures.greatest().ifPresent(greatest -> node.set("max", number(greatest)));
        node.set("sum", number(figures.sum()));
        figures.mean().ifPresent(mean -> node.set("mean", number(mean.round(FIFTEEN_DIGITS))));
    }

    private static void top(ObjectNode node, ValueCounts values) {
        if (!values.isComplete()) {
            node.put("top", "not counted: there are too many different values");
            return;
        }
        ArrayNode top = node.putArray("top");
        for (ValueCounts.Frequency each : values.top(TOP)) {
            top.addObject()
                    .put("value", Summary.abridged(each.value(), MOST_VALUE_CHARS))
                    .put("count", each.times());
        }
    }

    private static ObjectNode groups(Groups groups, int room) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        List<Groups.Group> all = groups.all();
        node.put("by", groups.by()).put("total", all.size());
        ArrayNode shown = node.putArray("groups");
        int left = room - FRAME_CHARS;
        for (Groups.Group group : all) {
            ObjectNode each = group(groups, group);
            left -= each.toString().length() + 1;
            if (left < 0) {
                break;
            }
            shown.add(each);
        }
        if (shown.size() < all.size()) {
            node.put("left_out", all.size() - shown.size()).put("order", "those of the most rows are shown");
        }
        return node;
    }

    private static ObjectNode group(Groups groups, Groups.Group group) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("value", Summary.abridged(group.value(), MOST_VALUE_CHARS)).put("rows", group.rows());
        for (int i = 0; i < groups.aggregates().size(); i++) {
            Figures figures = group.figures().get(i);
            ObjectNode found =
                    node.withObject("/figures").putObject(groups.aggregates().get(i));
            found.put("count", figures.count());
            if (figures.count() > 0) {
                figures(found, figures);
            }
        }
        return node;
    }

    private static DecimalNode number(double value) {
        return number(BigDecimal.valueOf(value).round(FIFTEEN_DIGITS));
    }

    private static DecimalNode number(BigDecimal value) {
        BigDecimal brief = value.stripTrailingZeros();
        if (brief.precision() - brief.scale() > MOST_PLAIN_CHARS || brief.scale() > MOST_PLAIN_CHARS) {
            return DecimalNode.valueOf(brief.round(FIFTEEN_DIGITS));
        }
        return DecimalNode.valueOf(brief.scale() < 0 ? brief.setScale(0) : brief);
    }
}
