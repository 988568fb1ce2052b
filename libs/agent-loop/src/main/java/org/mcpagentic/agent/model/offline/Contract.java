package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** All that the offline model knows of the tools: their names, what they take and what they return. */
final class Contract {

    static final String CALCULATOR = "calculator";
    static final String DATE_TIME = "date_time";
    static final String TEXT_STATISTICS = "text_statistics";
    static final String HASH = "hash";
    static final String ENCODING = "encoding";
    static final String HTTP_FETCH = "http_fetch";
    static final String MEMORY_PUT = "memory_put";
    static final String MEMORY_GET = "memory_get";
    static final String MEMORY_SEARCH = "memory_search";
    static final String MEMORY_LIST = "memory_list";
    static final String MEMORY_DELETE = "memory_delete";

    /** The longest text that is counted, in code points. */
    static final int MAX_TEXT = 200_000;

    private static final String SUGGESTION = "did you mean ";

    private Contract() {}

    static ObjectNode calculate(String expression) {
        return object().put("expression", expression);
    }

    static ObjectNode now(String zone) {
        return object().put("operation", "now").put("zone", zone);
    }

    static ObjectNode convert(String dateTime, String zone, String toZone) {
        return object().put("operation", "convert")
                .put("date_time", dateTime)
                .put("zone", zone)
                .put("to_zone", toZone);
    }

    static ObjectNode difference(String from, String to) {
        return object().put("operation", "difference").put("from", from).put("to", to);
    }

    static ObjectNode add(String dateTime, long amount, String unit) {
        return object().put("operation", "add")
                .put("date_time", dateTime)
                .put("amount", amount)
                .put("unit", unit);
    }

    static ObjectNode info(String dateTime) {
        return object().put("operation", "info").put("date_time", dateTime);
    }

    static ObjectNode count(String text) {
        return object().put("text", text);
    }

    static ObjectNode hash(String text, String algorithm) {
        return object().put("text", text).put("algorithm", algorithm);
    }

    static ObjectNode encoding(boolean decode, String format, String text) {
        return object().put("operation", decode ? "decode" : "encode")
                .put("format", format)
                .put("text", text);
    }

    static ObjectNode fetch(String url) {
        return object().put("url", url);
    }

    static ObjectNode remember(String key, String value) {
        return object().put("key", key).put("value", value);
    }

    /** For what is recalled or forgotten. */
    static ObjectNode key(String key) {
        return object().put("key", key);
    }

    static ObjectNode search(String text) {
        return object().put("query", text);
    }

    static ObjectNode nothing() {
        return object();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A field of a result, by JSON pointer, as text. */
    static String text(JsonNode result, String pointer) {
        return result.at(pointer).asText();
    }

    /** A number of a result in plain digits. */
    static String number(JsonNode result, String pointer) {
        JsonNode number = result.at(pointer);
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            return number.asText();
        }
        BigDecimal value = number.decimalValue();
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Weekday, date and, where there is one, the time that is found at a place of a result. */
    static String moment(JsonNode result, String pointer) {
        String day = text(result, pointer + "/weekday") + ", " + text(result, pointer + "/date");
        return result.at(pointer + "/time").isMissingNode() ? day : clock(result, pointer) + " on " + day;
    }

    /** The time that is found at a place of a result, without seconds that are zero. */
    static String clock(JsonNode result, String pointer) {
        String time = text(result, pointer + "/time");
        return time.length() == 8 && time.endsWith(":00") ? time.substring(0, 5) : time;
    }

    /** How much time a difference is in a unit; months and years are whole ones of the calendar. */
    static String inUnit(JsonNode result, String unit) {
        long years = result.at("/calendar/years").asLong();
        return switch (unit) {
            case "years" -> String.valueOf(years);
            case "months" ->
                String.valueOf(12 * years + result.at("/calendar/months").asLong());
            default -> number(result, "/total/" + unit);
        };
    }

    /**
     * The arguments of a call that failed, with the one value replaced that the failure has a better one for:
     * {@code there is no time zone "Asia/Tokio"; did you mean Asia/Tokyo?}
     */
    static Optional<ObjectNode> repaired(ObjectNode arguments, String failure) {
        int suggestion = failure.indexOf(SUGGESTION);
        int end = failure.indexOf('?', Math.max(0, suggestion));
        int open = failure.indexOf('"');
        int close = failure.indexOf('"', open + 1);
        if (suggestion < 0 || end < 0 || open < 0 || close < 0) {
            return Optional.empty();
        }
        String wrong = failure.substring(open + 1, close);
        String right = failure.substring(suggestion + SUGGESTION.length(), end);
        ObjectNode better = arguments.deepCopy();
        for (Map.Entry<String, JsonNode> field : arguments.properties()) {
            if (field.getValue().asText().equals(wrong)) {
                better.put(field.getKey(), right);
            }
        }
        return better.equals(arguments) ? Optional.empty() : Optional.of(better);
    }

    /** What was changed from one call's arguments to another's. */
    static String correction(ObjectNode arguments, ObjectNode better) {
        return arguments.properties().stream()
                .filter(field -> !field.getValue().equals(better.get(field.getKey())))
                .map(field -> Quote.marked(field.getValue().asText()) + " for "
                        + Quote.marked(better.path(field.getKey()).asText()))
                .findFirst()
                .orElse("");
    }
}
