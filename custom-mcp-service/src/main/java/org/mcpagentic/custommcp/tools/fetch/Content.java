package org.mcpagentic.custommcp.tools.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * What a response says, as text.
 *
 * @param mediaType what the server calls it; {@code unknown} where it does not say
 * @param title of an HTML page, empty where it has none
 * @param text without control characters other than tabs and line feeds
 * @param cut whether more came than was read
 */
public record Content(String mediaType, String title, String text, boolean cut) {

    private static final int MOST_TITLE_CHARS = 300;

    /** What is taken apart of a page: each tag takes some 200 bytes, however short it is written. */
    private static final int MOST_TAGS = 200_000;

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /**
     * Takes apart what was read.
     *
     * @param raw whether an HTML page is to be left as its source
     */
    public static Content of(Body body, boolean raw) throws IOException {
        if (body.isHtml() && !raw) {
            return ofHtml(body);
        }
        return new Content(body.mediaType(), "", clean(decoded(body)), body.cut());
    }

    private static Content ofHtml(Body body) throws IOException {
        int end = endOfTags(body.bytes());
        Document page = Jsoup.parse(
                new ByteArrayInputStream(body.bytes(), 0, end),
                body.charset().map(Charset::name).orElse(null),
                body.url());
        String title = clean(page.title());
        return new Content(
                body.mediaType(),
                title.length() <= MOST_TITLE_CHARS ? title : title.substring(0, MOST_TITLE_CHARS) + "\u2026",
                clean(PageText.of(page)),
                body.cut() || end < body.bytes().length);
    }

    /** Where the first tag stands that is one too many. */
    private static int endOfTags(byte[] html) {
        int tags = 0;
        for (int i = 0; i < html.length; i++) {
            if (html[i] == '<' && ++tags > MOST_TAGS) {
                return i;
            }
        }
        return html.length;
    }

    /** A byte order mark decides, then what the server says, then whether it is UTF-8; what is left is Western European. */
    private static String decoded(Body body) {
        byte[] bytes = body.bytes();
        Optional<Charset> marked = body.byteOrderMark();
        if (marked.isPresent()) {
            String text = new String(bytes, marked.get());
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        }
        return body.charset()
                .map(charset -> new String(bytes, charset))
                .or(() -> Body.strictly(bytes, StandardCharsets.UTF_8, body.cut()))
                .orElseGet(() -> new String(bytes, WINDOWS_1252));
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\r') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                    clean.append('\n');
                }
            } else if (character == '\n' || character == '\t' || !Character.isISOControl(character)) {
                clean.append(character);
            }
        }
        return clean.toString();
    }
}
