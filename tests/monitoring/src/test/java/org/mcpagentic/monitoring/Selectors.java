package org.mcpagentic.monitoring;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which series a PromQL expression asks for. */
final class Selectors {

    /** Words of the language that stand where a metric's name may. */
    private static final Set<String> WORDS = Set.of(
            "by", "without", "on", "ignoring", "group_left", "group_right", "offset", "bool", "and", "or", "unless");

    private static final Pattern LABEL_LIST =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?(\\s*\\()?");

    private Selectors() {}

    /** Each selector once, as it is written but for ranges and offsets. Braces in quoted values are not expected. */
    static Set<String> of(String expression) {
        String text =
                RANGE.matcher(LABEL_LIST.matcher(expression).replaceAll(" ")).replaceAll(" ");
        Set<String> selectors = new LinkedHashSet<>();
        Matcher matcher = SELECTOR.matcher(text);
        int from = 0;
        while (matcher.find(from)) {
            boolean isCall = matcher.group(3) != null;
            boolean isInNumber = matcher.start() > 0 && Character.isDigit(text.charAt(matcher.start() - 1));
            if (!isCall && !isInNumber && !WORDS.contains(matcher.group(1))) {
                selectors.add(matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2)));
            }
            from = matcher.end();
        }
        return selectors;
    }

    /** The name of a selector's metric. */
    static String metric(String selector) {
        int brace = selector.indexOf('{');
        return brace < 0 ? selector : selector.substring(0, brace);
    }
}
