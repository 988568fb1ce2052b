package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Recognises {@code sha256 of "..."}, {@code md5 hash of: ...}, {@code hash "..." with sha-512}. */
final class HashRecogniser implements Recogniser {

    private static final String USUAL = "sha-256";
    private static final Map<String, String> ALGORITHMS = Map.of(
            "sha256", "sha-256",
            "sha384", "sha-384",
            "sha512", "sha-512",
            "sha3256", "sha3-256",
            "sha3", "sha3-256",
            "sha1", "sha-1",
            "md5", "md5",
            "crc32", "crc32");
    private static final Set<String> FAMILIES = Set.of("sha", "sha3", "md", "crc");
    private static final Set<String> NOUNS = Set.of("hash", "digest", "checksum", "sum", "fingerprint");
    /** Those that mean nothing else where no algorithm is named. */
    private static final Set<String> BARE_NOUNS = Set.of("hash", "checksum");

    private static final Set<String> LINKS =
            Set.of("of", "for", "the", "text", "string", "word", "phrase", "this", "following", "(");
    private static final Set<String> WAYS = Set.of("with", "using", "by", "in", "as", "to");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        Optional<Finding> found = cursor.attempt(() -> {
            Optional<String> first = algorithm(cursor);
            boolean noun = cursor.acceptAny(NOUNS);
            if (first.isEmpty() && !(noun && cursor.isBehind(BARE_NOUNS))) {
                return Optional.empty();
            }
            boolean meant = first.isPresent() && (noun || cursor.peek().is("of"));
            cursor.skipAll(LINKS);
            Optional<String> text = text(cursor);
            if (text.isEmpty()) {
                return meant ? Optional.of(nothingToHash()) : Optional.empty();
            }
            cursor.accept(")");
            String algorithm = first.or(() -> behind(cursor)).orElse(USUAL);
            return Optional.of(new Finding.Wish(new HashText(text.get(), algorithm)));
        });
        return found.map(List::of).orElse(List.of());
    }

    private static Optional<String> behind(Cursor cursor) {
        return cursor.attempt(() -> cursor.acceptAny(WAYS) ? algorithm(cursor) : Optional.empty());
    }

    /** {@code sha256}, {@code sha-256}, {@code SHA 256}, {@code sha3-256} and the like. */
    private static Optional<String> algorithm(Cursor cursor) {
        return cursor.attempt(() -> {
            if (cursor.peek().kind() != Kind.WORD) {
                return Optional.empty();
            }
            String name = cursor.take().text();
            if (FAMILIES.contains(name)) {
                name += cursor.attempt(() -> {
                            cursor.accept("-");
                            return cursor.accept(Kind.NUMBER).map(Token::text);
                        })
                        .orElse("");
            }
            return Optional.ofNullable(ALGORITHMS.get(name));
        });
    }

    private static Optional<String> text(Cursor cursor) {
        boolean colon = cursor.accept(":");
        Optional<String> quoted = cursor.accept(Kind.QUOTED).map(Token::text);
        return quoted.isPresent() || !colon
                ? quoted
                : Optional.of(cursor.takeRest().strip()).filter(rest -> !rest.isEmpty());
    }

    private static Finding nothingToHash() {
        return new Finding.Remark("I can hash a text that stands in quotes or after a colon; I found none to hash.");
    }
}
