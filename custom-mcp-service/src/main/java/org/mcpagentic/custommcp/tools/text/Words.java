package org.mcpagentic.custommcp.tools.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text into words at Unicode's boundaries, then joins again what people write as one. */
final class Words {

    private static final String JOINTS = "-'\u2019\u2010\u2011_@/.:&+";

    private Words() {}

    static List<String> of(String text) {
        BreakIterator boundaries = BreakIterator.getWordInstance(Locale.ROOT);
        // why: Java's rules take a dash between two words for a hyphen
        boundaries.setText(text.replace('\u2013', ' ').replace('\u2014', ' '));
        List<String> words = new ArrayList<>();
        int wordStart = -1;
        int wordEnd = -1;
        int start = 0;
        for (int end = boundaries.next(); end != BreakIterator.DONE; start = end, end = boundaries.next()) {
            if (!isWord(text, start, end)) {
                continue;
            }
            boolean joined = wordEnd >= 0 && start == wordEnd + 1 && JOINTS.indexOf(text.charAt(wordEnd)) >= 0;
            if (!joined) {
                if (wordEnd >= 0) {
                    words.add(text.substring(wordStart, wordEnd));
                }
                wordStart = start;
            }
            wordEnd = end;
        }
        if (wordEnd >= 0) {
            words.add(text.substring(wordStart, wordEnd));
        }
        return words;
    }

    private static boolean isWord(String text, int start, int end) {
        for (int i = start; i < end; i += Character.charCount(text.codePointAt(i))) {
            if (Character.isLetterOrDigit(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }
}
