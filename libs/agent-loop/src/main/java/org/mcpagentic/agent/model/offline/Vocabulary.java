package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Set;

/** Words that carry no meaning of their own here, and those that separate one wish from the next. */
final class Vocabulary {

    /** Between two wishes. */
    static final Set<String> SEPARATORS =
            Set.of(",", ":", "and", "then", "also", "plus", "as", "well", "next", "finally", "afterwards");

    /** Ways to begin a question or an order whose rest says what it is about. */
    static final List<String[]> ASKING = phrases(
            "what is",
            "what's",
            "whats",
            "what are",
            "what was",
            "what will",
            "how much is",
            "how much are",
            "calculate",
            "compute",
            "evaluate",
            "solve",
            "work out",
            "find",
            "what does",
            "determine",
            "give me",
            "tell me",
            "show me",
            "=");

    /** Words that may stand around a wish. */
    static final Set<String> POLITE = Set.of(
            "please",
            "can",
            "could",
            "would",
            "you",
            "i",
            "i'd",
            "me",
            "we",
            "us",
            "like",
            "want",
            "need",
            "to",
            "know",
            "the",
            "result",
            "value",
            "of",
            "just",
            "so",
            "ok",
            "okay",
            "now",
            "what",
            "is",
            "it",
            "that",
            "first",
            "second",
            "third",
            "question",
            "answer",
            "also",
            "too",
            "exactly",
            "my",
            "a",
            "an",
            "-",
            "*",
            "(",
            ")",
            "=",
            "#",
            "here",
            "are",
            "both",
            "equal",
            "equals",
            "do",
            "let",
            "thanks",
            "thank",
            "by",
            "way",
            "each",
            "all",
            "with",
            "how",
            "much",
            "many",
            "this",
            "will",
            "be",
            "does",
            "was");

    static final Set<String> GREETINGS = Set.of("hello", "hi", "hey", "hallo", "greetings", "howdy");

    private Vocabulary() {}

    static List<String[]> phrases(String... phrases) {
        return List.of(phrases).stream().map(phrase -> phrase.split(" ", -1)).toList();
    }

    static boolean acceptAnyPhrase(Cursor cursor, List<String[]> phrases) {
        return phrases.stream().anyMatch(cursor::accept);
    }
}
