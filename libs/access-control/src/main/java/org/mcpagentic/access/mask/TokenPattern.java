package org.mcpagentic.access.mask;

import java.util.List;

/**
 * A form of secrets as a row of character sets, each repeated within bounds. Where a repetition may end, what follows is
 * nothing that it could also take: so there is one way to read a text, no way back, and no more work than the pattern's
 * length at any place.
 *
 * @param kind what the secret is, as it is shown
 * @param shown elements that are kept: what names the secret, such as {@code x-api-key:}
 * @param elements all of them, the shown ones included; only the last may be without bound
 * @param edges where such a secret may begin and end
 */
record TokenPattern(String kind, int shown, List<Element> elements, Edges edges) implements Finder {

    /** Repetitions without bound, of the last element only. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Where a secret may begin and end. */
    enum Edges {
        /** Anywhere. */
        FREE,
        /** Not behind a letter or digit. */
        BEGINS_AS_WORD,
        /** Neither behind nor before a letter or digit. */
        IS_WORD
    }

    /** Characters of a set, at least so many and at most so many. */
    record Element(CharSet set, int least, int most) {

        boolean isVariable() {
            return least != most;
        }

        /** As many as the rest of the secret does not need. */
        int bound() {
            return most == UNBOUNDED ? least : most;
        }
    }

    TokenPattern {
        elements = List.copyOf(elements);
    }

    @Override
    public CharSet first() {
        CharSet first = elements.getFirst().set();
        for (int i = 0; elements.get(i).least() == 0 && i + 1 < elements.size(); i++) {
            first = first.and(elements.get(i + 1).set());
        }
        return first;
    }

    @Override
    public int reach() {
        return elements.stream().mapToInt(Element::bound).sum() + 1;
    }

    @Override
    public Verdict at(Window window, int start) {
        if (edges != Edges.FREE && !window.wordBegins(start)) {
            return Verdict.NONE;
        }
        int at = start;
        int kept = 0;
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            int taken = 0;
            while (taken < element.bound()) {
                if (at == window.length()) {
                    if (window.isEnded()) {
                        break;
                    }
                    return Verdict.MORE;
                }
                if (!element.set().contains(window.charAt(at))) {
                    break;
                }
                at++;
                taken++;
            }
            if (taken < element.least()) {
                return Verdict.NONE;
            }
            if (i + 1 == shown) {
                kept = at - start;
            }
        }
        return edges == Edges.IS_WORD ? whole(window, start, at, kept) : found(start, at, kept);
    }

    private Verdict whole(Window window, int start, int end, int kept) {
        if (end == window.length()) {
            return window.isEnded() ? found(start, end, kept) : Verdict.MORE;
        }
        return CharSet.LETTERS_AND_DIGITS.contains(window.charAt(end)) ? Verdict.NONE : found(start, end, kept);
    }

    private Verdict found(int start, int end, int kept) {
        Element last = elements.getLast();
        Rest rest = last.most() == UNBOUNDED ? last.set()::contains : Rest.NOTHING;
        return new Verdict.Found(kind, kept, end - start, rest);
    }
}
