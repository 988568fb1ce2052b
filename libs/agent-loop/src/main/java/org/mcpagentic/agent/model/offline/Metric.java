package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.StringJoiner;

/** What can be asked of a text, and how the answer is said. */
enum Metric {
    WORDS("words"),
    UNIQUE_WORDS("unique_words"),
    CHARACTERS("characters"),
    CHARACTERS_WITHOUT_SPACES("characters_without_spaces"),
    LETTERS("letters"),
    SENTENCES("sentences"),
    PARAGRAPHS("paragraphs"),
    LINES("lines"),
    AVERAGE_WORD_LENGTH("average_word_length"),
    LONGEST_WORD("longest_word"),
    READING_TIME("reading_time_seconds"),
    TOP_WORDS("top_words");

    private final String field;

    Metric(String field) {
        this.field = field;
    }

    String pointer() {
        return "/" + field;
    }

    boolean isCount() {
        return switch (this) {
            case WORDS, UNIQUE_WORDS, CHARACTERS, CHARACTERS_WITHOUT_SPACES, LETTERS, SENTENCES, PARAGRAPHS, LINES ->
                true;
            case AVERAGE_WORD_LENGTH, LONGEST_WORD, READING_TIME, TOP_WORDS -> false;
        };
    }

    /** To go on "it has ...". */
    String said(JsonNode result) {
        JsonNode value = result.at(pointer());
        return switch (this) {
            case WORDS -> counted(value, "word");
            case UNIQUE_WORDS -> counted(value, "different word");
            case CHARACTERS -> counted(value, "character");
            case CHARACTERS_WITHOUT_SPACES -> counted(value, "character") + " without spaces";
            case LETTERS -> counted(value, "letter");
            case SENTENCES -> counted(value, "sentence");
            case PARAGRAPHS -> counted(value, "paragraph");
            case LINES -> counted(value, "line");
            case AVERAGE_WORD_LENGTH -> "an average word length of " + value.asText() + " characters";
            case LONGEST_WORD ->
                value.asText().isEmpty() ? "no longest word" : "the longest word " + Quote.marked(value.asText());
            case READING_TIME -> "a reading time of about " + duration(value.asLong());
            case TOP_WORDS -> topWords(value);
        };
    }

    private static String counted(JsonNode value, String noun) {
        return value.asText() + " " + noun + (value.asLong() == 1 ? "" : "s");
    }

    private static String duration(long seconds) {
        return seconds < 90
                ? seconds + (seconds == 1 ? " second" : " seconds")
                : BigDecimal.valueOf(seconds)
                                .divide(BigDecimal.valueOf(60), 1, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " minutes";
    }

    private static String topWords(JsonNode words) {
        StringJoiner list =
                new StringJoiner(", ", "the most frequent words ", "").setEmptyValue("no most frequent words");
        words.forEach(entry -> list.add(Quote.marked(entry.path("word").asText()) + " ("
                + entry.path("count").asText() + ")"));
        return list.toString();
    }
}
