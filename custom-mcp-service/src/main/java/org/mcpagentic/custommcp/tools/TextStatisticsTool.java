package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.text.TextStatistics;

/** Counts what is in a text. */
@ApplicationScoped
public class TextStatisticsTool implements Tool {

    /** A word can be as long as the text; the result shows its beginning. */
    private static final int MAX_WORD_CHARS = 100;

    private static final ToolSpec SPEC = new ToolSpec(
            "text_statistics",
            "Counts the characters, words, sentences, paragraphs and lines of a text in any language, "
                    + "and tells its longest and most frequent words and how long it takes to read.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "text": {
                          "type": "string",
                          "maxLength": 200000,
                          "description": "The text itself, complete and unchanged.",
                          "examples": ["to be or not to be"]
                        }
                      },
                      "required": ["text"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(10),
            5_000);

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        // why: the longest allowed text takes about 0.1 s, too long for an event loop
        return Uni.createFrom().item(() -> count(arguments)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static String count(ObjectNode untrusted) {
        TextStatistics statistics =
                TextStatistics.of(Arguments.of(untrusted, SPEC).text("text"));
        ObjectNode result = Json.object()
                .put("characters", statistics.characters())
                .put("characters_without_spaces", statistics.charactersWithoutSpaces())
                .put("graphemes", statistics.graphemes())
                .put("letters", statistics.letters())
                .put("words", statistics.words())
                .put("unique_words", statistics.uniqueWords())
                .put("sentences", statistics.sentences())
                .put("paragraphs", statistics.paragraphs())
                .put("lines", statistics.lines())
                .put("average_word_length", statistics.averageWordLength())
                .put("longest_word", shortened(statistics.longestWord()))
                .put("reading_time_seconds", statistics.readingSeconds());
        ArrayNode top = result.putArray("top_words");
        statistics
                .topWords()
                .forEach((word, count) ->
                        top.addObject().put("word", shortened(word)).put("count", count));
        return result.toString();
    }

    private static String shortened(String word) {
        if (word.length() <= MAX_WORD_CHARS) {
            return word;
        }
        int end = word.offsetByCodePoints(0, Math.min(MAX_WORD_CHARS / 2, word.codePointCount(0, word.length())));
        return word.substring(0, end) + "\u2026";
    }
}
