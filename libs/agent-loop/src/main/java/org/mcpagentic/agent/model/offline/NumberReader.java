package org.mcpagentic.agent.model.offline;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Numbers in digits and in words: {@code 2,480}, {@code twenty-five}, {@code two hundred}, {@code 1.5 million}. */
final class NumberReader {

    private static final Map<String, Integer> SMALL = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19),
            Map.entry("dozen", 12));
    private static final Map<String, Integer> TENS = Map.of(
            "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70, "eighty", 80, "ninety",
            90);
    private static final Map<String, BigDecimal> SCALES = Map.of(
            "hundred", BigDecimal.valueOf(100),
            "thousand", BigDecimal.valueOf(1_000),
            "million", BigDecimal.valueOf(1_000_000),
            "billion", BigDecimal.valueOf(1_000_000_000),
            "trillion", BigDecimal.valueOf(1_000_000_000_000L));
    private static final int MAX_DIGITS = 400;

    private NumberReader() {}

    /** The number in plain digits. */
    static Optional<String> read(Cursor cursor) {
        return cursor.attempt(() -> {
            Optional<Token> digits = cursor.accept(Kind.NUMBER);
            if (digits.isPresent()) {
                String text = digits.get().text();
                boolean scaled = cursor.peek().kind() == Kind.WORD
                        && SCALES.containsKey(cursor.peek().text());
                return Optional.of(
                        scaled
                                        && text.length() <= MAX_DIGITS
                                        && text.toLowerCase(Locale.ROOT).indexOf('e') < 0
                                ? scaled(cursor, new BigDecimal(text)).toPlainString()
                                : text);
            }
            return inWords(cursor).map(value -> scaled(cursor, value).toPlainString());
        });
    }

    private static Optional<BigDecimal> inWords(Cursor cursor) {
        if (cursor.peek().kind() != Kind.WORD) {
            return Optional.empty();
        }
        String word = cursor.peek().text();
        boolean article = word.equals("a") || word.equals("an");
        if (article
                && cursor.peek(1).kind() == Kind.WORD
                && (SCALES.containsKey(cursor.peek(1).text()) || cursor.peek(1).is("dozen"))) {
            cursor.take();
            return Optional.of(cursor.accept("dozen") ? BigDecimal.valueOf(12) : BigDecimal.ONE);
        }
        int hyphen = word.indexOf('-');
        Integer tens = TENS.get(hyphen < 0 ? word : word.substring(0, hyphen));
        Integer ones = SMALL.get(hyphen < 0 ? word : word.substring(hyphen + 1));
        if (hyphen >= 0) {
            if (tens == null || ones == null || ones > 9) {
                return Optional.empty();
            }
            cursor.take();
            return Optional.of(BigDecimal.valueOf(tens + ones));
        }
        if (tens != null) {
            cursor.take();
            Integer more = SMALL.get(cursor.peek().text());
            boolean compound =
                    more != null && more > 0 && more < 10 && cursor.peek().kind() == Kind.WORD;
            if (compound) {
                cursor.take();
            }
            return Optional.of(BigDecimal.valueOf(tens + (compound ? more : 0)));
        }
        if (ones != null) {
            cursor.take();
            return Optional.of(BigDecimal.valueOf(ones));
        }
        return Optional.empty();
    }

    private static BigDecimal scaled(Cursor cursor, BigDecimal value) {
        BigDecimal result = value;
        // why: "thousand thousand thousand ..." is no number that anybody says
        for (int i = 0; i < 2 && cursor.peek().kind() == Kind.WORD; i++) {
            BigDecimal scale = SCALES.get(cursor.peek().text());
            if (scale == null) {
                return result;
            }
            result = result.multiply(scale);
            cursor.take();
        }
        return result;
    }
}
