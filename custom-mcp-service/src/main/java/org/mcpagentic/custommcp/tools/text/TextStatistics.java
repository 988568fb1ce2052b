package org.mcpagentic.custommcp.tools.text;

import java.text.BreakIterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was counted in a text. A word is what stands between blanks, dashes and other marks and has a letter or a digit;
 * hyphens, apostrophes, points and slashes inside hold it together ({@code well-known}, {@code it's}, {@code 2027-03-01}).
 *
 * @param characters Unicode code points
 * @param charactersWithoutSpaces those that are not white space
 * @param graphemes what a person sees as one character
 * @param letters code points that are letters
 * @param paragraphs blocks of lines that a blank line separates
 * @param lines lines, the last one also without its end
 * @param averageWordLength in characters, rounded to two places
 * @param longestWord the first of the longest words
 * @param topWords the ten most frequent words in lower case, most frequent first, then in order of appearance
 * @param readingSeconds at 238 words per minute, rounded up (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)
 */
public record TextStatistics(
        int characters,
        int charactersWithoutSpaces,
        int graphemes,
        int letters,
        int words,
        int uniqueWords,
        int sentences,
        int paragraphs,
        int lines,
        double averageWordLength,
        String longestWord,
        Map<String, Integer> topWords,
        int readingSeconds) {

    private static final int TOP = 10;
    private static final int WORDS_PER_MINUTE = 238;

    public static TextStatistics of(String text) {
        List<String> words = Words.of(text);
        Map<String, Integer> counts = new LinkedHashMap<>();
        long wordCharacters = 0;
        int longest = 0;
        String longestWord = "";
        for (String word : words) {
            counts.merge(word.toLowerCase(Locale.ROOT), 1, Integer::sum);
            int length = word.codePointCount(0, word.length());
            wordCharacters += length;
            if (length > longest) {
                longest = length;
                longestWord = word;
            }
        }
        int characters = text.codePointCount(0, text.length());
        return new TextStatistics(
                characters,
                characters
                        - (int) text.codePoints()
                                .filter(TextStatistics::isSpace)
                                .count(),
                pieces(BreakIterator.getCharacterInstance(Locale.ROOT), text),
                (int) text.codePoints().filter(Character::isLetter).count(),
                words.size(),
                counts.size(),
                sentences(text),
                paragraphs(text),
                (int) text.lines().count(),
                words.isEmpty() ? 0 : Math.round(100.0 * wordCharacters / words.size()) / 100.0,
                longestWord,
                top(counts),
                Math.ceilDiv(words.size() * 60, WORDS_PER_MINUTE));
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static int pieces(BreakIterator boundaries, String text) {
        boundaries.setText(text);
        int count = 0;
        while (boundaries.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }

    /** Those that have a letter or a digit. */
    private static int sentences(String text) {
        BreakIterator boundaries = BreakIterator.getSentenceInstance(Locale.ROOT);
        boundaries.setText(text);
        int count = 0;
        int start = 0;
        for (int end = boundaries.next(); end != BreakIterator.DONE; start = end, end = boundaries.next()) {
            if (hasWord(text, start, end)) {
                count++;
            }
        }
        return count;
    }

    private static boolean hasWord(String text, int start, int end) {
        return text.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static int paragraphs(String text) {
        int count = 0;
        boolean blankBefore = true;
        for (String line : text.lines().toList()) {
            if (blankBefore && !line.isBlank()) {
                count++;
            }
            blankBefore = line.isBlank();
        }
        return count;
    }

    private static Map<String, Integer> top(Map<String, Integer> counts) {
        Map<String, Integer> top = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(TOP)
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }
}
