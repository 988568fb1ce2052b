package org.mcpagentic.access.mask;

import java.util.ArrayList;
import java.util.List;
import org.mcpagentic.access.mask.TokenPattern.Edges;
import org.mcpagentic.access.mask.TokenPattern.Element;

/**
 * Reads patterns that are written as regular expressions. The language is the part of regular expressions that needs no
 * backtracking: characters, {@code .}, classes such as {@code [A-Za-z0-9_-]} and {@code [^"]}, the escapes {@code \d \w \s} and
 * of characters that mean something, each repeated by {@code ? * + {n} {n,} {n,m}}; {@code (?i)} at the beginning takes letters
 * in both cases. Groups, alternatives, anchors and references are refused, and so is a repetition that could also take what
 * follows it.
 */
final class PatternReader {

    /** Bound on what a pattern looks at from one place on, in characters. */
    static final int LONGEST = 256;

    /** A pattern that takes less would mask half of a text. */
    static final int SHORTEST = 8;

    private static final String META = "\\[](){}*+?|^$.";

    private final String source;
    private final boolean bothCases;
    private int at;

    private PatternReader(String source) {
        this.bothCases = source.startsWith("(?i)");
        this.source = bothCases ? source.substring(4) : source;
    }

    /**
     * Reads a pattern of the service's own.
     *
     * @param shown written before the pattern; what it takes is kept
     */
    static TokenPattern known(String kind, String shown, String pattern, Edges edges) {
        List<Element> elements = new PatternReader(shown).elements();
        int kept = elements.size();
        boolean fold = shown.startsWith("(?i)");
        List<Element> all = new ArrayList<>(elements);
        all.addAll(new PatternReader(pattern).elements());
        refuseAmbiguous(all, fold ? shown + pattern : pattern);
        return new TokenPattern(kind, kept, all, edges);
    }

    /** Reads a configured pattern; throws {@code IllegalArgumentException} with what is wrong with it. */
    static TokenPattern configured(String kind, String pattern) {
        List<Element> elements = new PatternReader(pattern).elements();
        refuseAmbiguous(elements, pattern);
        if (elements.stream().mapToInt(Element::least).sum() < SHORTEST) {
            throw new IllegalArgumentException("it takes fewer than " + SHORTEST + " characters");
        }
        TokenPattern read = new TokenPattern(kind, 0, elements, Edges.FREE);
        if (read.reach() > LONGEST + 1) {
            throw new IllegalArgumentException("it looks at more than " + LONGEST + " characters");
        }
        return read;
    }

    private static void refuseAmbiguous(List<Element> elements, String pattern) {
        for (int i = 0; i + 1 < elements.size(); i++) {
            Element element = elements.get(i);
            if (element.most() == TokenPattern.UNBOUNDED) {
                throw new IllegalArgumentException(
                        "only its end may repeat without bound; element " + (i + 1) + " of \"" + pattern + "\" does");
            }
            for (int next = i + 1; element.isVariable() && next < elements.size(); next++) {
                if (element.set().overlaps(elements.get(next).set())) {
                    throw new IllegalArgumentException("a repetition could also take what follows it; element "
                            + (i + 1) + " of \"" + pattern + "\" does");
                }
                if (elements.get(next).least() > 0) {
                    break;
                }
            }
        }
    }

    private List<Element> elements() {
        List<Element> elements = new ArrayList<>();
        while (at < source.length()) {
            elements.add(repeated(set()));
        }
        return elements;
    }

    private CharSet set() {
        char c = source.charAt(at++);
        return switch (c) {
            case '\\' -> escape();
            case '[' -> charClass();
            case '.' -> CharSet.of("\n\r").negated();
            default -> {
                if (META.indexOf(c) >= 0) {
                    throw new IllegalArgumentException(
                            "\"" + c + "\" is not understood here; write \"\\" + c + "\" for the character itself");
                }
                yield single(c);
            }
        };
    }

    private CharSet single(char c) {
        if (c >= 128) {
            throw new IllegalArgumentException("only characters of ASCII can be named");
        }
        return folded(CharSet.of(String.valueOf(c)));
    }

    private CharSet folded(CharSet set) {
        return bothCases ? set.inBothCases() : set;
    }

    private CharSet escape() {
        if (at == source.length()) {
            throw new IllegalArgumentException("it ends with a backslash");
        }
        char c = source.charAt(at++);
        return switch (c) {
            case 'd' -> CharSet.DIGITS;
            case 'w' -> CharSet.LETTERS_AND_DIGITS.and(CharSet.of("_"));
            case 's' -> CharSet.WHITESPACE;
            case 't' -> CharSet.of("\t");
            case 'n' -> CharSet.of("\n");
            case 'r' -> CharSet.of("\r");
            default -> {
                if (CharSet.LETTERS_AND_DIGITS.contains(c)) {
                    throw new IllegalArgumentException("\"\\" + c + "\" is not understood here");
                }
                yield single(c);
            }
        };
    }

    private CharSet charClass() {
        boolean negated = at < source.length() && source.charAt(at) == '^';
        at += negated ? 1 : 0;
        CharSet set = CharSet.of("");
        while (true) {
            if (at == source.length()) {
                throw new IllegalArgumentException("a class is not closed by \"]\"");
            }
            char c = source.charAt(at++);
            if (c == ']') {
                return negated ? set.negated() : set;
            }
            if (c == '[') {
                throw new IllegalArgumentException("a class within a class is not understood here");
            }
            set = set.and(c == '\\' ? escape() : rangeFrom(c));
        }
    }

    private CharSet rangeFrom(char from) {
        boolean range = at + 1 < source.length() && source.charAt(at) == '-' && source.charAt(at + 1) != ']';
        if (!range) {
            return single(from);
        }
        char to = source.charAt(at + 1);
        at += 2;
        if (to < from || to >= 128 || to == '\\') {
            throw new IllegalArgumentException("\"" + from + "-" + to + "\" is no range of ASCII");
        }
        StringBuilder characters = new StringBuilder();
        for (char c = from; c <= to; c++) {
            characters.append(c);
        }
        return folded(CharSet.of(characters.toString()));
    }

    private Element repeated(CharSet set) {
        if (at == source.length()) {
            return new Element(set, 1, 1);
        }
        return switch (source.charAt(at)) {
            case '?' -> times(set, 0, 1);
            case '*' -> times(set, 0, TokenPattern.UNBOUNDED);
            case '+' -> times(set, 1, TokenPattern.UNBOUNDED);
            case '{' -> counted(set);
            default -> new Element(set, 1, 1);
        };
    }

    private Element times(CharSet set, int least, int most) {
        at++;
        if (at < source.length() && "?+*{".indexOf(source.charAt(at)) >= 0) {
            throw new IllegalArgumentException("a repetition of a repetition is not understood here");
        }
        return new Element(set, least, most);
    }

    private Element counted(CharSet set) {
        int end = source.indexOf('}', at);
        String counts = end < 0 ? "" : source.substring(at + 1, end);
        if (!counts.matches("[0-9]{1,4}(,([0-9]{1,4})?)?")) {
            throw new IllegalArgumentException("\"{\" begins a count such as {3}, {3,} or {3,5}");
        }
        int comma = counts.indexOf(',');
        int least = Integer.parseInt(comma < 0 ? counts : counts.substring(0, comma));
        int most = comma < 0
                ? least
                : comma == counts.length() - 1 ? TokenPattern.UNBOUNDED : Integer.parseInt(counts.substring(comma + 1));
        if (most < least || most == 0) {
            throw new IllegalArgumentException("\"{" + counts + "}\" is no count");
        }
        at = end;
        return times(set, least, most);
    }
}
