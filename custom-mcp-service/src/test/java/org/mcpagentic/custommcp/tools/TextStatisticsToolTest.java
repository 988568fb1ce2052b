package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.ToolFailure;

class TextStatisticsToolTest {

    private final TextStatisticsTool tool = new TextStatisticsTool();

    private ObjectNode count(String text) {
        return Json.object(ToolCaller.call(tool, Json.object().put("text", text)));
    }

    @Test
    void countsAll() {
        ObjectNode result = count("To be, or not to be.\nThat is the question!\n\nA second paragraph\u2026");

        assertThat(result).isEqualTo(Json.object("""
                {"characters": 63, "characters_without_spaces": 50, "graphemes": 63, "letters": 46, "words": 13, "unique_words": 11,
                 "sentences": 3, "paragraphs": 2, "lines": 4, "average_word_length": 3.54, "longest_word": "paragraph",
                 "reading_time_seconds": 4,
                 "top_words": [{"word": "to", "count": 2}, {"word": "be", "count": 2}, {"word": "or", "count": 1}, {"word": "not", "count": 1},
                  {"word": "that", "count": 1}, {"word": "is", "count": 1}, {"word": "the", "count": 1}, {"word": "question", "count": 1},
                  {"word": "a", "count": 1}, {"word": "second", "count": 1}]}
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 0",
                "' \t '; 0",
                "... -- !; 0",
                "one; 1",
                "well-known it's it\u2019s rock'n'roll; 4",
                "one - two\u2014three,four; 4",
                "2027-03-01 at 18:00 or 17.5% of 2,480; 7",
                "e.g. a@b.example and/or c; 4",
                "na\u00efve caf\u00e9 e\u0301t\u00e9; 3",
                "\u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440; 2",
                "What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?; 17",
            })
    void countsWordsAsPeopleDo(String text, int expected) {
        assertThat(count(text).path("words").asInt()).isEqualTo(expected);
    }

    @Test
    void countsWhatAPersonSeesAsOneCharacter() {
        ObjectNode result = count("e\u0301\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67");

        assertThat(result.path("characters").asInt()).isEqualTo(7);
        assertThat(result.path("graphemes").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "a ",
                "a-",
                ".",
                "a. ",
                "\n",
                "e\u0301",
                "\ud83d\ude00",
                "\ud83d",
                "\u65e5",
                "'",
                "a\u2019"
            })
    void staysWithinItsBoundsOnHostileText(String part) {
        String text = part.repeat(200_000 / part.length());
        long start = System.nanoTime();

        String result = ToolCaller.call(tool, Json.object().put("text", text));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(result.length()).isLessThanOrEqualTo(tool.spec().maxOutputChars());
    }

    @Test
    void refusesATextBeyondItsBound() {
        assertThatThrownBy(() -> count("a".repeat(200_001)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("has 200001 characters; at most 200000");
    }
}
