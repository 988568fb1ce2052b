package org.mcpagentic.custommcp.tools.fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeFilter;

/**
 * A page as a person reads it, in the manner of Markdown: headings, lists, table rows, code and links keep their shape,
 * navigation, forms, scripts and what is hidden are left out. Where the page marks its main part, only that is taken.
 */
final class PageText implements NodeFilter {

    /** Where writing stops: links that are made absolute can be longer than the page. */
    private static final int MOST_CHARS = 2_000_000;

    /** A main part with less text than this is no main part. */
    private static final int LEAST_MAIN_CHARS = 200;

    private static final Set<String> LEFT_OUT = Set.of(
            "head",
            "script",
            "style",
            "noscript",
            "template",
            "iframe",
            "object",
            "embed",
            "svg",
            "canvas",
            "audio",
            "video",
            "nav",
            "button",
            "input",
            "select",
            "textarea",
            "dialog");

    private static final Set<String> APART =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "figure", "hr");

    /** A list that is open. */
    private static final class ListLevel {
        final boolean numbered;
        int items;

        ListLevel(boolean numbered) {
            this.numbered = numbered;
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final Deque<ListLevel> lists = new ArrayDeque<>();
    private int preformatted;
    private int cells;
    private int linkStart = -1;
    /** What has to stand between what was written and what comes: 1 a line's end, 2 an empty line. */
    private int breaks;

    private boolean blank;
    /** Where the last mark ended, such as that of a list's item. */
    private int markEnd = -1;

    private PageText() {}

    /** The text of a page, without its title. */
    static String of(Document page) {
        PageText text = new PageText();
        text.traverse(mainPart(page));
        return text.out.toString().strip();
    }

    private static Element mainPart(Document page) {
        for (String query : new String[] {"main, [role=main]", "article"}) {
            Elements found = page.select(query);
            if (found.size() == 1 && hasText(found.getFirst())) {
                return found.getFirst();
            }
        }
        return page.body();
    }

    private static boolean hasText(Element part) {
        int[] chars = {0};
        part.traverse((node, depth) -> {
            if (node instanceof TextNode text) {
                chars[0] += text.text().strip().length();
            }
        });
        return chars[0] >= LEAST_MAIN_CHARS;
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (out.length() > MOST_CHARS) {
            return FilterResult.STOP;
        }
        switch (node) {
            case TextNode text -> text(text.getWholeText());
            case Element element -> {
                if (isLeftOut(element)) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                begin(element);
            }
            default -> {}
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            end(element);
        }
        return FilterResult.CONTINUE;
    }

    private static boolean isLeftOut(Element element) {
        if (LEFT_OUT.contains(element.normalName())
                || element.hasAttr("hidden")
                || "true".equals(element.attr("aria-hidden"))) {
            return true;
        }
        String style = element.attr("style").replace(" ", "");
        return style.contains("display:none") || style.contains("visibility:hidden");
    }

    private void begin(Element element) {
        String name = element.normalName();
        switch (name) {
            case "br" -> newLine();
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                breakBefore(2);
                if (linkStart < 0) {
                    write("#".repeat(name.charAt(1) - '0') + " ");
                }
            }
            case "ul", "ol" -> {
                breakBefore(lists.isEmpty() ? 2 : 1);
                lists.push(new ListLevel("ol".equals(name)));
            }
            case "li" -> item();
            case "pre" -> {
                breakBefore(2);
                write("```\n");
                preformatted++;
            }
            case "tr" -> {
                breakBefore(1);
                cells = 0;
            }
            case "td", "th" -> {
                if (cells++ > 0) {
                    breaks = 0;
                    write(" | ");
                }
            }
            case "a" -> linkStart = isLink(element) ? startOfText() : -1;
            case "img" -> {
                if (!element.attr("alt").isBlank()) {
                    text("[image: " + element.attr("alt") + "]");
                }
            }
            default -> {
                if (element.isBlock()) {
                    breakBefore(APART.contains(name) ? 2 : 1);
                }
            }
        }
    }

    private void end(Element element) {
        String name = element.normalName();
        switch (name) {
            case "a" -> endLink(element);
            case "ul", "ol" -> {
                lists.pop();
                breakBefore(lists.isEmpty() ? 2 : 1);
            }
            case "pre" -> {
                preformatted--;
                if (out.charAt(out.length() - 1) != '\n') {
                    out.append('\n');
                }
                out.append("```");
                breakBefore(2);
            }
            case "td", "th", "br", "img" -> {}
            default -> {
                if (element.isBlock()) {
                    breakBefore(APART.contains(name) ? 2 : 1);
                }
            }
        }
    }

    private void item() {
        breakBefore(1);
        ListLevel list = lists.peek();
        if (list == null) {
            write("- ");
            return;
        }
        list.items++;
        write("  ".repeat(Math.min(lists.size(), 10) - 1) + (list.numbered ? list.items + ". " : "- "));
    }

    private static boolean isLink(Element anchor) {
        String target = anchor.attr("href").strip();
        return !target.isEmpty() && !target.startsWith("#");
    }

    private void endLink(Element anchor) {
        int start = linkStart;
        linkStart = -1;
        if (start < 0 || start >= out.length()) {
            return;
        }
        String target = anchor.absUrl("href");
        String label = out.substring(start).replaceAll("\\s+", " ").strip();
        boolean leads = target.startsWith("https:") || target.startsWith("http:") || target.startsWith("mailto:");
        if (label.isEmpty() || !leads || target.length() > FetchUrl.MOST_CHARS) {
            return;
        }
        out.setLength(start);
        out.append('[')
                .append(label)
                .append("](")
                .append(target.replace(")", "%29"))
                .append(')');
    }

    /** Where the next text will start, everything before it being written. */
    private int startOfText() {
        settle();
        return out.length();
    }

    private void text(String text) {
        if (preformatted > 0) {
            settle();
            out.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\u00a0' || Character.isWhitespace(character)) {
                blank = true;
            } else {
                settle();
                out.append(character);
            }
        }
    }

    private void write(String mark) {
        settle();
        out.append(mark);
        markEnd = out.length();
    }

    private void newLine() {
        if (preformatted > 0) {
            out.append('\n');
        } else {
            breakBefore(1);
        }
    }

    private void breakBefore(int lines) {
        // why: what stands in an item belongs to its mark
        if (out.length() != markEnd) {
            breaks = Math.max(breaks, lists.isEmpty() ? lines : 1);
        }
        blank = false;
    }

    /** Writes the blank or the line ends that stand before what comes now. */
    private void settle() {
        if (breaks > 0 && !out.isEmpty()) {
            int present = 0;
            while (present < breaks && present < out.length() && out.charAt(out.length() - 1 - present) == '\n') {
                present++;
            }
            out.append("\n".repeat(breaks - present));
        } else if (blank && !out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1))) {
            out.append(' ');
        }
        breaks = 0;
        blank = false;
    }
}
