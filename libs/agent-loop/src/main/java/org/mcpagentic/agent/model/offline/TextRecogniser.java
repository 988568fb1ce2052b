package org.mcpagentic.agent.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Recognises {@code count the words in: ...}, {@code how many letters has "..."}, {@code how many words has this sentence}. */
final class TextRecogniser implements Recogniser {

    private static final Set<String> LINKS = Set.of(
            "are",
            "there",
            "is",
            "in",
            "of",
            "has",
            "have",
            "does",
            "do",
            "did",
            "contain",
            "contains",
            "following",
            "for",
            "within",
            "inside",
            "given",
            "made",
            "up",
            "used",
            "that",
            "next",
            "by",
            "to",
            "my",
            "it",
            "appear",
            "read");
    private static final Set<String> ARTICLES = Set.of("the", "a", "an", "this");
    private static final Set<String> TEXTS = Set.of("text", "message", "input", "prompt", "request", "paragraph");
    private static final Set<String> SENTENCES = Set.of("sentence", "question", "line");
    private static final Set<String> NAMES = Set.of(
            "phrase",
            "string",
            "words",
            "quote",
            "sentence",
            "text",
            "message",
            "word",
            "paragraph",
            "line",
            "question",
            "title");
    private static final Set<String> TRAILING = Set.of("have", "has", "contain", "contains", "there", "use");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        Optional<Finding> found = cursor.attempt(() -> {
            List<Metric> metrics = metrics(cursor);
            return metrics.isEmpty() ? Optional.empty() : Optional.of(subject(cursor, metrics));
        });
        return found.map(List::of).orElse(List.of());
    }

    private static List<Metric> metrics(Cursor cursor) {
        boolean counting = cursor.accept("how", "many")
                || cursor.accept("count")
                || cursor.accept("number", "of")
                || cursor.accept("the", "number", "of");
        if (counting) {
            cursor.accept("of");
            cursor.accept("all");
            cursor.accept("the");
        }
        List<Metric> metrics = new ArrayList<>();
        for (Optional<Metric> metric = metric(cursor, counting);
                metric.isPresent() && metrics.size() < Metric.values().length; ) {
            metrics.add(metric.get());
            metric = cursor.attempt(() -> {
                boolean separated = cursor.accept(",", "and") || cursor.accept(",") || cursor.accept("and");
                cursor.accept("how", "many");
                cursor.accept("the");
                return separated ? metric(cursor, counting) : Optional.empty();
            });
        }
        if (metrics.isEmpty() && !counting && statistics(cursor)) {
            return List.of(Metric.values());
        }
        return metrics.stream().distinct().toList();
    }

    private static boolean statistics(Cursor cursor) {
        return cursor.accept("text", "statistics")
                || cursor.accept("statistics")
                || cursor.accept("analyze")
                || cursor.accept("analyse");
    }

    private static Optional<Metric> metric(Cursor cursor, boolean counting) {
        if (cursor.accept("longest", "word")) {
            return Optional.of(Metric.LONGEST_WORD);
        }
        if (cursor.accept("average", "word", "length")) {
            return Optional.of(Metric.AVERAGE_WORD_LENGTH);
        }
        if (cursor.accept("reading", "time") || cursor.accept("how", "long", "does", "it", "take", "to", "read")) {
            return Optional.of(Metric.READING_TIME);
        }
        if (cursor.accept("most", "frequent", "words")
                || cursor.accept("most", "common", "words")
                || cursor.accept("top", "words")
                || cursor.accept("most", "frequent", "word")
                || cursor.accept("most", "common", "word")) {
            return Optional.of(Metric.TOP_WORDS);
        }
        return cursor.attempt(() -> {
            boolean unique = cursor.accept("unique") || cursor.accept("different") || cursor.accept("distinct");
            Optional<Metric> noun = cursor.accept(Kind.WORD).map(Token::text).flatMap(TextRecogniser::noun);
            // why: "words" alone is no question, "word count" is one
            boolean meant = counting || cursor.accept("count") || cursor.accept("counts");
            boolean bare = noun.filter(Metric.CHARACTERS::equals).isPresent()
                    && (cursor.accept("without", "spaces") || cursor.accept("excluding", "spaces"));
            return noun.filter(metric -> meant)
                    .map(metric -> unique ? Metric.UNIQUE_WORDS : bare ? Metric.CHARACTERS_WITHOUT_SPACES : metric);
        });
    }

    private static Optional<Metric> noun(String word) {
        return switch (word) {
            case "word", "words" -> Optional.of(Metric.WORDS);
            case "character", "characters", "char", "chars" -> Optional.of(Metric.CHARACTERS);
            case "letter", "letters" -> Optional.of(Metric.LETTERS);
            case "sentence", "sentences" -> Optional.of(Metric.SENTENCES);
            case "paragraph", "paragraphs" -> Optional.of(Metric.PARAGRAPHS);
            case "line", "lines" -> Optional.of(Metric.LINES);
            default -> Optional.empty();
        };
    }

    private static Finding subject(Cursor cursor, List<Metric> metrics) {
        cursor.skipAll(LINKS);
        boolean article = cursor.acceptAny(ARTICLES);
        cursor.skipAll(LINKS);
        if (cursor.acceptAny(SENTENCES) && !announcesText(cursor)) {
            cursor.skipAll(TRAILING);
            return counting(cursor.sentence().strip(), "This sentence", metrics);
        }
        if (cursor.acceptAny(TEXTS) && !announcesText(cursor)) {
            if (cursor.accept("above") || cursor.accept("before")) {
                return counting(cursor.beforeSentence().strip(), "The text above", metrics);
            }
            cursor.skipAll(TRAILING);
            return counting(cursor.request().strip(), "This text", metrics);
        }
        cursor.acceptAny(NAMES);
        cursor.skipAll(LINKS);
        Optional<Token> quoted = cursor.accept(Kind.QUOTED);
        if (quoted.isPresent()) {
            cursor.skipAll(TRAILING);
            return counting(quoted.get().text(), Quote.marked(quoted.get().text()), metrics);
        }
        if (cursor.accept(":") || cursor.accept("\n")) {
            Optional<Token> whole = cursor.accept(Kind.QUOTED);
            return whole.map(text -> counting(text.text(), Quote.marked(text.text()), metrics))
                    .orElseGet(() -> counting(cursor.takeRest().strip(), "The text", metrics));
        }
        boolean letters = metrics.stream().allMatch(metric -> metric == Metric.LETTERS || metric == Metric.CHARACTERS);
        if (letters
                && !article
                && cursor.peek().kind() == Kind.WORD
                && (cursor.peek(1).text().isEmpty()
                        || cursor.peek(1).endsSentence()
                        || cursor.peek(1).is(","))) {
            String word = cursor.take().text();
            return counting(word, Quote.marked(word), metrics);
        }
        return new Finding.Remark(
                "I can count in a text that stands in quotes or after a colon; I found none to count in.");
    }

    /** Whether the text itself follows, as in {@code the following text: ...}. */
    private static boolean announcesText(Cursor cursor) {
        Token next = cursor.peek();
        return next.kind() == Kind.QUOTED
                || ((next.is(":") || next.is("\n")) && !cursor.peek(1).text().isEmpty());
    }

    private static Finding counting(String text, String label, List<Metric> metrics) {
        int length = text.codePointCount(0, text.length());
        return length > Contract.MAX_TEXT
                ? new Finding.Remark(String.format(
                        Locale.ROOT,
                        "The text has %,d characters, more than the %,d that can be counted in one piece.",
                        length,
                        Contract.MAX_TEXT))
                : new Finding.Wish(new CountText(text, label, metrics));
    }
}
