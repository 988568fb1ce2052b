package org.mcpagentic.agent.model.offline;

/** Shows pieces of a request so that they are short, on one line, and never taken for Markdown. */
final class Quote {

    private static final int MAX_CHARS = 120;
    private static final String MARKDOWN = "*_`[]<>#\\|~&";

    private Quote() {}

    /** As it is, or as code where it holds what Markdown would take for itself. */
    static String plain(String words) {
        String text = shortened(words);
        return text.chars().anyMatch(c -> MARKDOWN.indexOf(c) >= 0) ? "`" + text.replace('`', '\'') + "`" : text;
    }

    /** In quotation marks. */
    static String marked(String words) {
        String text = plain(words);
        return text.startsWith("`") ? text : "\u201c" + text + "\u201d";
    }

    /** All of it, as code; in a block of its own where it has several lines. */
    static String code(String text) {
        if (text.indexOf('\n') >= 0) {
            return block(text);
        }
        String fence = "`".repeat(1 + longestRunOfBackticks(text));
        boolean touching = text.isBlank() || text.startsWith("`") || text.endsWith("`");
        return touching ? fence + " " + text + " " + fence : fence + text + fence;
    }

    /** All of it, as a block of code on lines of its own. */
    static String block(String text) {
        String fence = "`".repeat(Math.max(3, 1 + longestRunOfBackticks(text)));
        return "\n" + fence + "\n" + text + "\n" + fence;
    }

    private static int longestRunOfBackticks(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    static String shortened(String words) {
        StringBuilder line = new StringBuilder();
        boolean blank = true;
        for (int i = 0; i < words.length() && line.length() <= MAX_CHARS; i++) {
            char c = words.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isISOControl(c);
            if (!space) {
                line.append(c);
            } else if (!blank) {
                line.append(' ');
            }
            blank = space;
        }
        if (line.length() <= MAX_CHARS) {
            return line.toString().strip();
        }
        int end = Character.isHighSurrogate(line.charAt(MAX_CHARS - 2)) ? MAX_CHARS - 2 : MAX_CHARS - 1;
        return line.substring(0, end).strip() + "\u2026";
    }
}
