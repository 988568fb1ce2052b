package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Recognises {@code fetch https://...}, also {@code what is on https://...}. */
final class PageRecogniser implements Recogniser {

    private static final Set<String> VERBS =
            Set.of("fetch", "get", "open", "load", "download", "read", "visit", "retrieve", "on", "at");
    private static final Set<String> LINKS = Set.of(
            "the", "page", "site", "website", "url", "content", "contents", "text", "file", "of", "from", "at", "<");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        Optional<Finding> found = cursor.attempt(() -> {
            boolean told = cursor.acceptAny(VERBS);
            if (told) {
                cursor.skipAll(LINKS);
            }
            return told || context.clauseStart() || context.asked()
                    ? url(cursor).map(url -> new Finding.Wish(new FetchPage(url)))
                    : Optional.empty();
        });
        return found.map(List::of).orElse(List.of());
    }

    private static Optional<String> url(Cursor cursor) {
        Token next = cursor.peek();
        if (next.kind() == Kind.QUOTED) {
            return isUrl(next.text().strip()) ? Optional.of(cursor.take().text().strip()) : Optional.empty();
        }
        Optional<String> url = next.is("http") || next.is("https")
                ? cursor.acceptRun().filter(PageRecogniser::isUrl)
                : Optional.empty();
        cursor.accept(">");
        return url;
    }

    private static boolean isUrl(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean begins = lower.startsWith("http://") || lower.startsWith("https://");
        return begins
                && text.length() > "https://".length()
                && text.codePoints().noneMatch(Character::isWhitespace);
    }
}
