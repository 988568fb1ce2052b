package org.mcpagentic.agent.model.offline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mcpagentic.agent.model.offline.Token.Kind;

/**
 * Recognises {@code remember that my dog is Rex}, {@code remember "..." as key}, {@code recall key}, {@code what do you
 * remember about ...}, {@code forget the key ...}.
 */
final class MemoryRecogniser implements Recogniser {

    private static final int MOST_KEY_CHARACTERS = 128;
    private static final int MOST_KEY_WORDS = 6;
    private static final int MOST_QUERY_CHARACTERS = 200;
    private static final Pattern NO_KEY = Pattern.compile("[^a-z0-9._/:-]+");
    private static final Pattern KEY_EDGES = Pattern.compile("^[^a-z0-9]+|[^a-z0-9]+$");

    private static final List<String[]> QUESTIONS = Vocabulary.phrases(
            "what do you remember",
            "do you remember",
            "what have you remembered",
            "what is remembered",
            "what is in your memory",
            "search your memory",
            "list your memory");
    private static final Set<String> ABOUT = Set.of("about", "of", "on", "for", "regarding");
    private static final Set<String> ANNOUNCING = Set.of("that", "this", "the", "following", ":");
    private static final Set<String> VERBS = Set.of("is", "are", "was", "were", "=");
    private static final Set<String> CONNECTORS = Set.of(",", "and", "then");
    /** With these, after a connector, the next wish begins rather than the remembered sentence goes on. */
    private static final Set<String> BEGINNINGS = Set.of(
            "what",
            "what's",
            "how",
            "calculate",
            "compute",
            "recall",
            "remember",
            "forget",
            "fetch",
            "encode",
            "decode",
            "hash",
            "count",
            "tell",
            "convert");
    /** Who says these before "remember" tells something and asks for nothing. */
    private static final Set<String> NO_ORDER = Set.of("i", "we", "can't", "cannot", "don't", "not");

    private static final Set<String> EMPTY_WORDS = Set.of("my", "the", "a", "an", "your", "our", "me", "that");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        boolean ordered = context.clauseStart() && !cursor.isBehind(NO_ORDER);
        Optional<Finding> found = cursor.attempt(() -> {
            if (Vocabulary.acceptAnyPhrase(cursor, QUESTIONS)) {
                return Optional.of(question(cursor, context));
            }
            if (ordered && cursor.accept("remember")) {
                return remember(cursor);
            }
            if (ordered && cursor.accept("recall")) {
                return recall(cursor, context);
            }
            return ordered && cursor.accept("forget") ? forget(cursor) : Optional.empty();
        });
        return found.map(List::of).orElse(List.of());
    }

    private static Finding question(Cursor cursor, Context context) {
        cursor.acceptAny(ABOUT);
        String about = words(rest(cursor));
        return new Finding.Wish(
                about.isEmpty()
                        ? new ListMemory(context.earlierMemory())
                        : new SearchMemory(about, context.earlierMemory()));
    }

    private static Optional<Finding> remember(Cursor cursor) {
        boolean announced =
                ANNOUNCING.contains(cursor.peek().text()) && cursor.peek().kind() != Kind.QUOTED;
        cursor.skipAll(ANNOUNCING);
        Optional<Token> quoted = cursor.accept(Kind.QUOTED);
        if (quoted.isPresent()) {
            String text = quoted.get().text().strip();
            return Optional.of(remembering(named(cursor).orElseGet(() -> firstWords(text)), text));
        }
        int from = cursor.index();
        int verb = skipStatement(cursor);
        String statement = cursor.since(from).strip();
        if (statement.isEmpty() || (verb < 0 && !announced)) {
            return Optional.empty();
        }
        String subject = verb > from ? cursor.between(from, verb) : statement;
        return Optional.of(remembering(firstWords(subject), statement));
    }

    private static Finding remembering(String key, String text) {
        if (key.isEmpty() || text.isEmpty()) {
            return new Finding.Remark(
                    "To remember that I need a key in Latin letters: say, remember \"\u2026\" as key.");
        }
        return new Finding.Wish(new Remember(key, text));
    }

    private static Optional<Finding> recall(Cursor cursor, Context context) {
        String said = rest(cursor);
        int about = said.toLowerCase(Locale.ROOT).indexOf(" about ");
        if (about >= 0) {
            String text = words(said.substring(about + " about ".length()));
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Finding.Wish(new SearchMemory(text, context.earlierMemory())));
        }
        String key = key(said.replaceFirst("(?i)^(the )?(key )?", ""));
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding.Wish(new Recall(key, context.earlierMemory())));
    }

    /** Only what is plainly a key, for "forget it" is said of other things too. */
    private static Optional<Finding> forget(Cursor cursor) {
        cursor.accept("the");
        boolean named = cursor.accept("key");
        Optional<String> key = cursor.accept(Kind.QUOTED).map(Token::text);
        return (key.isPresent() || !named ? key : cursor.acceptRun())
                .map(MemoryRecogniser::key)
                .filter(name -> !name.isEmpty())
                .map(name -> new Finding.Wish(new Forget(name)));
    }

    /** {@code as key}, {@code under the key "..."} */
    private static Optional<String> named(Cursor cursor) {
        return cursor.attempt(() -> {
                    if (!cursor.accept("as") && !cursor.accept("under")) {
                        return Optional.empty();
                    }
                    cursor.accept("the");
                    cursor.accept("key");
                    Optional<String> quoted = cursor.accept(Kind.QUOTED).map(Token::text);
                    return quoted.isPresent() ? quoted : cursor.acceptRun();
                })
                .map(MemoryRecogniser::key);
    }

    /** Goes on to where the statement ends; returns where its verb stands, -1 if there is none. */
    private static int skipStatement(Cursor cursor) {
        int verb = -1;
        while (!atEnd(cursor)) {
            if (verb < 0 && VERBS.contains(cursor.peek().text())) {
                verb = cursor.index();
            }
            cursor.take();
        }
        return verb;
    }

    private static boolean atEnd(Cursor cursor) {
        int ahead = 0;
        while (ahead < 2 && CONNECTORS.contains(cursor.peek(ahead).text())) {
            ahead++;
        }
        return cursor.atEnd()
                || cursor.peek().endsSentence()
                || (ahead > 0 && BEGINNINGS.contains(cursor.peek(ahead).text()));
    }

    /** What is left of the clause, without quotes around all of it. */
    private static String rest(Cursor cursor) {
        Optional<Token> quoted = cursor.accept(Kind.QUOTED);
        if (quoted.isPresent()) {
            return quoted.get().text();
        }
        int from = cursor.index();
        while (!atEnd(cursor)) {
            cursor.take();
        }
        return cursor.since(from);
    }

    /** The words that mean something, for a search that finds only what holds all of them. */
    private static String words(String said) {
        String meaning = Arrays.stream(said.strip().split("\\s+", -1))
                .filter(word -> !EMPTY_WORDS.contains(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" "));
        String text = meaning.isEmpty() ? said.strip() : meaning;
        return text.length() <= MOST_QUERY_CHARACTERS
                ? text
                : text.substring(0, MOST_QUERY_CHARACTERS).strip();
    }

    private static String firstWords(String text) {
        return key(Arrays.stream(text.strip().split("\\s+", -1))
                .limit(MOST_KEY_WORDS)
                .collect(Collectors.joining(" ")));
    }

    /** What was said, in the letters that a key is made of. */
    private static String key(String said) {
        String key = NO_KEY.matcher(said.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        String bounded = key.length() <= MOST_KEY_CHARACTERS ? key : key.substring(0, MOST_KEY_CHARACTERS);
        return KEY_EDGES.matcher(bounded).replaceAll("");
    }
}
