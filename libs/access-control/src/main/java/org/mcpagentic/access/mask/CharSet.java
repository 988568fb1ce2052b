package org.mcpagentic.access.mask;

import java.util.BitSet;

/** A set of characters: any of ASCII, and all or none of the others. */
final class CharSet {

    private static final int ASCII = 128;

    static final CharSet DIGITS = of("0123456789");
    static final CharSet LOWER = of("abcdefghijklmnopqrstuvwxyz");
    static final CharSet UPPER = of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static final CharSet LETTERS_AND_DIGITS = DIGITS.and(LOWER).and(UPPER);

    /** The alphabet of base64 in URLs. */
    static final CharSet URL_BASE64 = LETTERS_AND_DIGITS.and(of("_-"));

    /** What a token in an HTTP header may consist of (RFC 6750, section 2.1). */
    static final CharSet TOKEN68 = LETTERS_AND_DIGITS.and(of("._~+/=-"));

    static final CharSet WHITESPACE = of(" \t\n\r\f");

    private final BitSet ascii;
    private final boolean others;

    private CharSet(BitSet ascii, boolean others) {
        this.ascii = ascii;
        this.others = others;
    }

    /** @param characters of ASCII */
    static CharSet of(String characters) {
        BitSet set = new BitSet(ASCII);
        characters.chars().forEach(set::set);
        return new CharSet(set, false);
    }

    CharSet and(CharSet more) {
        BitSet set = (BitSet) ascii.clone();
        set.or(more.ascii);
        return new CharSet(set, others || more.others);
    }

    /** All that is not in it. */
    CharSet negated() {
        BitSet set = (BitSet) ascii.clone();
        set.flip(0, ASCII);
        return new CharSet(set, !others);
    }

    /** The same with every letter of it in both cases. */
    CharSet inBothCases() {
        BitSet set = (BitSet) ascii.clone();
        ascii.stream().filter(Character::isLetter).forEach(letter -> {
            set.set(Character.toLowerCase(letter));
            set.set(Character.toUpperCase(letter));
        });
        return new CharSet(set, others);
    }

    boolean contains(char c) {
        return c < ASCII ? ascii.get(c) : others;
    }

    boolean overlaps(CharSet other) {
        return ascii.intersects(other.ascii) || (others && other.others);
    }
}
