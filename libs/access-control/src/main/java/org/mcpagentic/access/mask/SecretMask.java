package org.mcpagentic.access.mask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Masks what looks like a secret in text that goes out: as {@code [masked: KIND]}. It knows secrets by their very characters
 * (those that the service itself holds), by the forms of keys and tokens that are widely used, and by configured patterns. The
 * work is linear in the text's length, whatever the text: at any place a bounded number of characters is looked at.
 *
 * <p>It is the last net, not a proof: a secret in pieces, in another writing, or of an unknown form passes. Safe for use by
 * several threads.
 */
public final class SecretMask {

    /** Shorter values are not masked: too much else has the same characters. */
    public static final int SHORTEST_LITERAL = 8;

    /** Longest value that is masked as a whole, in characters. */
    public static final int LONGEST_LITERAL = 8_192;

    private static final String HELD = "secret";
    private static final String PATTERN_NAME = "[A-Za-z0-9._ -]{1,64}";

    private final Finders literals;
    private final Finders forms;

    private SecretMask(Finders literals, Finders forms) {
        this.literals = literals;
        this.forms = forms;
    }

    /** Knows the forms that need no configuration, and nothing else. */
    public static SecretMask ofKnownForms() {
        return of(List.of(), Map.of());
    }

    /**
     * @param literals secrets that the service holds; shorter ones than {@link #SHORTEST_LITERAL} are left out. They are found
     *     as they are, escaped as in JSON and in URLs, in base64 and in hexadecimal
     * @param patterns regular expressions without groups, alternatives and anchors, by the name that is shown for what they
     *     find; see {@code docs/reference/configuration.md}
     * @throws IllegalArgumentException where a pattern cannot be used, with the reason; or a literal is too long
     */
    public static SecretMask of(Collection<String> literals, Map<String, String> patterns) {
        List<Finder> forms = new ArrayList<>();
        patterns.forEach((name, pattern) -> forms.add(configured(name, pattern)));
        forms.addAll(KnownForms.all());
        return new SecretMask(new Finders(finders(literals)), new Finders(forms));
    }

    /** The text without what looks like a secret; the same text where there is none. */
    public String mask(String text) {
        MaskedStream stream = stream();
        String masked = stream.take(text) + stream.end();
        return masked.equals(text) ? text : masked;
    }

    /** Masks a text as it comes. */
    public MaskedStream stream() {
        return new MaskedStream(literals, forms);
    }

    /** Most characters that a stream holds back. */
    public int mostHeldBack() {
        return literals.reach() + forms.reach();
    }

    private static TokenPattern configured(String name, String pattern) {
        if (!name.matches(PATTERN_NAME)) {
            throw new IllegalArgumentException(
                    "the name of a masked pattern is 1 to 64 characters of A-Z, a-z, 0-9, space and . _ -");
        }
        try {
            return PatternReader.configured(name, pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the pattern \"" + name + "\" cannot be used to mask: " + e.getMessage(), e);
        }
    }

    /** The longest first: a secret that begins as another does is masked as a whole. */
    private static List<LiteralFinder> finders(Collection<String> literals) {
        Set<String> writings = new LinkedHashSet<>();
        for (String literal : literals) {
            if (literal.length() > LONGEST_LITERAL) {
                throw new IllegalArgumentException(
                        "a secret to be masked has at most " + LONGEST_LITERAL + " characters");
            }
            if (literal.length() >= SHORTEST_LITERAL) {
                writings.addAll(writings(literal));
            }
        }
        return writings.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(writing -> new LiteralFinder(HELD, writing))
                .toList();
    }

    private static List<String> writings(String literal) {
        byte[] bytes = literal.getBytes(StandardCharsets.UTF_8);
        // why only whole groups of three bytes: the rest is written otherwise when something follows
        byte[] groups = Arrays.copyOf(bytes, bytes.length / 3 * 3);
        HexFormat hex = HexFormat.of();
        return List.of(
                literal,
                literal.replace("\\", "\\\\").replace("\"", "\\\""),
                URLEncoder.encode(literal, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(groups),
                Base64.getUrlEncoder().encodeToString(groups),
                hex.formatHex(bytes),
                hex.withUpperCase().formatHex(bytes));
    }
}
