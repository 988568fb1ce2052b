package org.mcpagentic.access.mask;

import java.util.Locale;
import java.util.Set;
import org.mcpagentic.access.mask.TokenPattern.Edges;

/** Knows the header {@code Authorization} with a scheme that is followed by a secret, whatever that looks like. */
final class AuthorizationFinder implements Finder {

    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "apikey", "negotiate", "digest");
    private static final int LONGEST_SCHEME = 10;
    private static final CharSet ENDS = CharSet.WHITESPACE.and(CharSet.of("\"'`<>\\,;[]"));

    private final TokenPattern header =
            PatternReader.known("header", "", "(?i)authorization[\"'\\\\ \\t]{0,8}[:=][\"'\\\\ \\t]{0,8}", Edges.FREE);

    @Override
    public CharSet first() {
        return header.first();
    }

    @Override
    public int reach() {
        return header.reach() + LONGEST_SCHEME + 2;
    }

    @Override
    public Verdict at(Window window, int start) {
        return switch (header.at(window, start)) {
            case Verdict.None none -> none;
            case Verdict.More more -> more;
            case Verdict.Found found -> scheme(window, start, start + found.length());
        };
    }

    private static Verdict scheme(Window window, int start, int begin) {
        int at = begin;
        StringBuilder scheme = new StringBuilder();
        while (at < window.length()
                && scheme.length() < LONGEST_SCHEME
                && CharSet.LETTERS_AND_DIGITS.contains(window.charAt(at))) {
            scheme.append(window.charAt(at++));
        }
        if (at + 1 >= window.length() && !window.isEnded()) {
            return Verdict.MORE;
        }
        boolean known = SCHEMES.contains(scheme.toString().toLowerCase(Locale.ROOT))
                && at + 1 < window.length()
                && window.charAt(at) == ' '
                && !ENDS.contains(window.charAt(at + 1));
        return known
                ? new Verdict.Found("credentials", at + 1 - start, at + 2 - start, c -> !ENDS.contains(c))
                : Verdict.NONE;
    }
}
