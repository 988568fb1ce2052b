package org.mcpagentic.pipelines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a page of Markdown links to beside it, and where that is not there. Headings get the anchors that GitHub gives them. */
final class Links {
    private static final Pattern FENCED = Pattern.compile("(?ms)^\\s*(```|~~~).*?^\\s*\\1");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final List<Pattern> LINKS = List.of(
            Pattern.compile("\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)"),
            Pattern.compile("(?m)^\\[[^\\]]+\\]:\\s*(\\S+)"),
            Pattern.compile("(?:href|src)=\"([^\"]+)\""));
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*|//.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern LINKED = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final Pattern NAMED = Pattern.compile("(?:id|name)=\"([^\"]+)\"");

    private Links() {}

    /** One line for each link that leads to no file, or to no heading of its page. */
    static List<String> dead(Path page) {
        String text = CODE.matcher(withoutFences(page)).replaceAll("code");
        return LINKS.stream()
                .flatMap(pattern -> first(pattern, text))
                .filter(link -> !ELSEWHERE.matcher(link).matches() && !leads(page, link))
                .map(link -> page + ": " + link)
                .toList();
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page
                : Objects.requireNonNull(page.getParent()).resolve(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1
                        || !target.toString().endsWith(".md")
                        || anchors(target).contains(parts[1]));
    }

    private static Set<String> anchors(Path page) {
        String text = withoutFences(page);
        Set<String> anchors = new HashSet<>();
        first(HEADING, text).map(Links::anchor).forEach(anchor -> {
            String free = anchor;
            for (int again = 1; !anchors.add(free); again++) {
                free = anchor + "-" + again;
            }
        });
        first(NAMED, text).forEach(anchors::add);
        return anchors;
    }

    private static String anchor(String heading) {
        return LINKED.matcher(heading)
                .replaceAll("$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }

    private static String withoutFences(Path page) {
        return FENCED.matcher(Checkout.text(page)).replaceAll("");
    }

    private static Stream<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }
}
