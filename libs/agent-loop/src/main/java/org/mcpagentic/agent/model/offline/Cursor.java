package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** A place among the tokens of a request. What reads from it moves it only by what it understood. */
final class Cursor {

    private static final Token END = new Token(Kind.SYMBOL, "", 0, 0);
    private static final Set<String> RUN_ENDS = Set.of(".", ",", ";", ":", "!", "?", ")", ">", "]", "}");

    private final String request;
    private final List<Token> tokens;
    private int index;

    Cursor(String request) {
        this.request = request;
        this.tokens = Lexer.tokens(request);
    }

    boolean atEnd() {
        return index >= tokens.size();
    }

    int index() {
        return index;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return index + ahead < tokens.size() ? tokens.get(index + ahead) : END;
    }

    /** Whether the token before this one is among these. */
    boolean isBehind(Set<String> words) {
        return index > 0 && words.contains(tokens.get(index - 1).text());
    }

    /** Whether a line begins here with a sign that marks an item of a list. */
    boolean atBullet() {
        boolean lineStart = index == 0 || tokens.get(index - 1).is("\n");
        int length = peek().kind() == Kind.NUMBER && (peek(1).is(".") || peek(1).is(")")) ? 2 : 1;
        boolean sign = length == 2 || "-*\u2022\u2013".contains(peek().text());
        Token behind = peek(length);
        return lineStart && sign && peek(length - 1).end() < behind.start();
    }

    /** Goes on a few tokens before the end, if more than so many were read and a gap is left. */
    boolean skipMiddle(int most, int atEnd) {
        boolean skip = index >= most && tokens.size() - index > atEnd;
        if (skip) {
            index = tokens.size() - atEnd;
        }
        return skip;
    }

    Token take() {
        Token token = peek();
        index++;
        return token;
    }

    /** Goes on only if the attempt finds something, else stays where it was. */
    <T> Optional<T> attempt(Supplier<Optional<T>> attempt) {
        int before = index;
        Optional<T> found = attempt.get();
        if (found.isEmpty()) {
            index = before;
        }
        return found;
    }

    /** Takes these words or symbols if they come next, all of them. */
    boolean accept(String... sequence) {
        for (int i = 0; i < sequence.length; i++) {
            if (!peek(i).is(sequence[i])) {
                return false;
            }
        }
        index += sequence.length;
        return true;
    }

    /** Takes the next word or symbol if it is one of these. */
    boolean acceptAny(Set<String> words) {
        boolean found = peek().kind() != Kind.QUOTED && words.contains(peek().text());
        if (found) {
            index++;
        }
        return found;
    }

    /** Takes the next words as long as they are among these, a dozen at most: nobody says more of them in a row. */
    void skipAll(Set<String> words) {
        int skipped = 0;
        while (skipped < 12 && acceptAny(words)) {
            skipped++;
        }
    }

    Optional<Token> accept(Kind kind) {
        return peek().kind() == kind && !atEnd() ? Optional.of(take()) : Optional.empty();
    }

    /** The request's words from a token up to here. */
    String since(int from) {
        return between(from, index);
    }

    /** The request's words from one token up to another. */
    String between(int from, int to) {
        return from == to
                ? ""
                : request.substring(tokens.get(from).start(), tokens.get(to - 1).end());
    }

    /** Takes all up to the end of the clause. */
    void skipClause() {
        while (!atEnd() && !Vocabulary.SEPARATORS.contains(peek().text()) && !peek().endsSentence()) {
            index++;
        }
    }

    /**
     * Takes what stands here up to the next blank or quotation, as it was written, without the signs of a sentence at its end.
     */
    Optional<String> acceptRun() {
        int from = index;
        while (!atEnd()
                && peek().kind() != Kind.QUOTED
                && !peek().is("\n")
                && (index == from || peek().start() == tokens.get(index - 1).end())) {
            index++;
        }
        while (index > from && RUN_ENDS.contains(tokens.get(index - 1).text())) {
            index--;
        }
        return index > from ? Optional.of(since(from)) : Optional.empty();
    }

    /** Takes all that is left. */
    String takeRest() {
        int start = index == 0 ? 0 : tokens.get(index - 1).end();
        index = tokens.size();
        return request.substring(start);
    }

    /** The whole request. */
    String request() {
        return request;
    }

    /** The sentence that the last token taken belongs to. */
    String sentence() {
        int last = Math.max(0, index - 1);
        int first = last;
        while (first > 0 && !tokens.get(first - 1).endsSentence()) {
            first--;
        }
        while (last + 1 < tokens.size() && !tokens.get(last).endsSentence()) {
            last++;
        }
        return request.substring(tokens.get(first).start(), tokens.get(last).end());
    }

    /** What stands before the sentence that the last token taken belongs to. */
    String beforeSentence() {
        int first = Math.max(0, index - 1);
        while (first > 0 && !tokens.get(first - 1).endsSentence()) {
            first--;
        }
        return request.substring(0, tokens.get(first).start());
    }
}
