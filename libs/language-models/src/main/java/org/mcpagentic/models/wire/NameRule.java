package org.mcpagentic.models.wire;

import java.util.regex.Pattern;

/**
 * What a provider takes for a tool's name.
 *
 * @param legal such a name; one that begins with {@code _} is
 * @param foreign a character that no such name has
 * @param most the greatest length
 */
public record NameRule(Pattern legal, Pattern foreign, int most) {

    /** The name itself where it is legal, else a legal one that resembles it. */
    String fit(String name) {
        if (legal.matcher(name).matches()) {
            return name;
        }
        String fit = cut(foreign.matcher(name).replaceAll("_"), most);
        return legal.matcher(fit).matches() ? fit : "_" + cut(fit, most - 1);
    }

    /** Another legal name, for where that one is taken. */
    String variant(String fit, int number) {
        String suffix = "_" + number;
        return cut(fit, most - suffix.length()) + suffix;
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length);
    }
}
