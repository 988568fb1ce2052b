package org.mcpagentic.custommcp.tools.csv;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells numbers, dates and truth values from text. */
final class CellReader {

    private static final Cell MISSING = new Cell.Missing();
    private static final Cell TEXT = new Cell.Text();
    private static final Cell TRUTH = new Cell.Truth();

    private static final Set<String> MEANS_MISSING = Set.of("", "na", "n/a", "null", "nan");

    /** Longer ones are text: an identifier rather than a quantity. */
    private static final int MOST_DIGITS = 40;

    /** Beyond, adding them up exactly would take as many digits. */
    private static final int MOST_EXPONENT = 300;

    private static final int MOST_MOMENT_CHARS = 40;

    private final char decimalMark;

    CellReader(boolean decimalComma) {
        this.decimalMark = decimalComma ? ',' : '.';
    }

    Cell read(String cell) {
        String text = cell.strip();
        if (text.length() <= 4 && MEANS_MISSING.contains(text.toLowerCase(Locale.ROOT))) {
            return MISSING;
        }
        char first = text.charAt(0);
        if (isDigit(first) || first == '-' || first == '+' || first == decimalMark) {
            Optional<Cell> number = number(text);
            return number.isPresent() ? number.get() : moment(text);
        }
        return "true".equalsIgnoreCase(text) || "false".equalsIgnoreCase(text) ? TRUTH : TEXT;
    }

    private Optional<Cell> number(String text) {
        if (text.length() > MOST_DIGITS + 8) {
            return Optional.empty();
        }
        int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int wholeStart = at;
        at = digits(text, at);
        int wholeDigits = at - wholeStart;
        // why: 007 is a number of something, not a quantity
        if (wholeDigits > 1 && text.charAt(wholeStart) == '0') {
            return Optional.empty();
        }
        int decimals = 0;
        boolean whole = true;
        int markAt = -1;
        if (at < text.length() && text.charAt(at) == decimalMark) {
            whole = false;
            markAt = at;
            int end = digits(text, at + 1);
            decimals = end - at - 1;
            at = end;
        }
        if (wholeDigits + decimals == 0 || wholeDigits + decimals > MOST_DIGITS) {
            return Optional.empty();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            whole = false;
            int sign = at + 1 < text.length() && (text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+') ? 1 : 0;
            int start = at + 1 + sign;
            int end = digits(text, start);
            if (end == start || end - start > 4 || Integer.parseInt(text, start, end, 10) > MOST_EXPONENT) {
                return Optional.empty();
            }
            at = end;
        }
        if (at != text.length()) {
            return Optional.empty();
        }
        String plain =
                markAt >= 0 && decimalMark != '.' ? text.substring(0, markAt) + "." + text.substring(markAt + 1) : text;
        BigDecimal value = new BigDecimal(plain);
        return Double.isFinite(value.doubleValue()) ? Optional.of(new Cell.Numeric(value, whole)) : Optional.empty();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static Cell moment(String text) {
        if (text.length() < 10
                || text.length() > MOST_MOMENT_CHARS
                || digits(text, 0) != 4
                || text.charAt(4) != '-'
                || text.charAt(7) != '-') {
            return TEXT;
        }
        try {
            if (text.length() == 10) {
                return new Cell.Moment(LocalDate.parse(text).toEpochDay() * 86_400, 0, false);
            }
            String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime moment = parsed instanceof LocalDateTime local
                    ? local.atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.from(parsed);
            return new Cell.Moment(moment.toEpochSecond(), moment.getNano(), true);
        } catch (DateTimeException e) {
            return TEXT;
        }
    }
}
