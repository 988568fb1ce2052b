package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Recognises {@code base64 encode "..."}, {@code decode "..." from hex}, {@code url-encode: ...}, {@code base64 of "..."}. */
final class EncodingRecogniser implements Recogniser {

    private static final Map<String, String> FORMATS = Map.of(
            "base64", "base64",
            "base64url", "base64url",
            "hex", "hex",
            "hexadecimal", "hex",
            "url", "url",
            "uri", "url",
            "percent", "url",
            "html", "html",
            "json", "json");
    private static final Map<String, Boolean> DECODES = Map.of(
            "encode", false,
            "encoding", false,
            "encoded", false,
            "escape", false,
            "decode", true,
            "decoding", true,
            "decoded", true,
            "unescape", true);
    private static final Set<String> LINKS =
            Set.of("of", "the", "text", "string", "word", "phrase", "this", "following", "(");
    private static final Set<String> WAYS = Set.of("in", "as", "to", "into", "from", "with", "using", "for");

    /** "The url of ..." and the like mean something else. */
    private static final Set<String> OF_TEXTS = Set.of("base64", "base64url", "hex");

    /** What is to be done, as far as it is said before the text. */
    private record Order(Optional<String> format, Optional<Boolean> decode) {}

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        Optional<Finding> found = cursor.attempt(() -> {
            Order order = order(cursor);
            boolean of = order.format().filter(OF_TEXTS::contains).isPresent()
                    && cursor.peek().is("of");
            if (order.decode().isEmpty() && !of) {
                return Optional.empty();
            }
            cursor.skipAll(LINKS);
            boolean plain =
                    cursor.peek().kind() != Kind.QUOTED && !cursor.peek().is(":");
            Optional<String> text = of && plain ? Optional.empty() : text(cursor);
            cursor.accept(")");
            Optional<String> format = order.format().or(() -> behind(cursor));
            if (text.isEmpty() || (plain && format.isEmpty())) {
                return format.isPresent() ? Optional.of(nothingToEncode()) : Optional.empty();
            }
            return Optional.of(format.<Finding>map(name -> new Finding.Wish(
                            new EncodeText(text.get(), name, order.decode().orElse(false))))
                    .orElseGet(EncodingRecogniser::noFormat));
        });
        return found.map(List::of).orElse(List.of());
    }

    private static Order order(Cursor cursor) {
        Optional<Order> joined = cursor.attempt(() -> joined(cursor));
        if (joined.isPresent()) {
            return joined.get();
        }
        Optional<String> first = format(cursor);
        Optional<Boolean> decode = verb(cursor);
        return new Order(first.isPresent() || decode.isEmpty() ? first : named(cursor), decode);
    }

    /** {@code base64-encode}, {@code urldecode}. */
    private static Optional<Order> joined(Cursor cursor) {
        if (cursor.peek().kind() != Kind.WORD) {
            return Optional.empty();
        }
        String word = cursor.take().text();
        for (Map.Entry<String, Boolean> verb : DECODES.entrySet()) {
            if (word.endsWith(verb.getKey())) {
                String before = word.substring(0, word.length() - verb.getKey().length());
                String format = before.endsWith("-") ? before.substring(0, before.length() - 1) : before;
                if (FORMATS.containsKey(format)) {
                    return Optional.of(
                            new Order(Optional.ofNullable(FORMATS.get(format)), Optional.of(verb.getValue())));
                }
            }
        }
        return Optional.empty();
    }

    /** A format between the verb and the text: {@code decode the base64 text "..."}. */
    private static Optional<String> named(Cursor cursor) {
        return cursor.attempt(() -> {
            cursor.acceptAny(WAYS);
            cursor.accept("the");
            return format(cursor);
        });
    }

    private static Optional<String> behind(Cursor cursor) {
        return cursor.attempt(() -> cursor.acceptAny(WAYS) ? format(cursor) : Optional.empty());
    }

    private static Optional<String> format(Cursor cursor) {
        return cursor.attempt(() -> {
            if (cursor.accept("base")) {
                return cursor.accept(Kind.NUMBER)
                        .map(Token::text)
                        .filter("64"::equals)
                        .map(number -> "base64");
            }
            return cursor.accept(Kind.WORD).map(Token::text).map(FORMATS::get);
        });
    }

    private static Optional<Boolean> verb(Cursor cursor) {
        return cursor.attempt(() -> cursor.accept(Kind.WORD).map(Token::text).map(DECODES::get));
    }

    /** In quotes, after a colon, or one word. */
    private static Optional<String> text(Cursor cursor) {
        boolean colon = cursor.accept(":");
        Optional<Token> quoted = cursor.accept(Kind.QUOTED);
        if (quoted.isPresent()) {
            return quoted.map(Token::text);
        }
        if (colon) {
            return Optional.of(cursor.takeRest().strip()).filter(rest -> !rest.isEmpty());
        }
        return cursor.attempt(() -> {
            Optional<String> run = cursor.acceptRun();
            Token behind = cursor.peek();
            boolean ends = cursor.atEnd()
                    || behind.endsSentence()
                    || behind.is(",")
                    || (behind.kind() == Kind.WORD
                            && (WAYS.contains(behind.text()) || behind.is("please") || behind.is("and")));
            return run.filter(word -> ends && !WAYS.contains(word));
        });
    }

    private static Finding nothingToEncode() {
        return new Finding.Remark(
                "I can encode or decode a text that stands in quotes or after a colon, or a single word; I found none.");
    }

    private static Finding noFormat() {
        return new Finding.Remark("I can encode and decode base64, base64url, hex, url, html and json; say which.");
    }
}
