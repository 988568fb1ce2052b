package org.mcpagentic.agent.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Cuts a request into tokens in one pass, linear in its length. */
final class Lexer {

    private static final String OPENING = "\"`'\u201c\u2018\u00ab\u201e";
    private static final String CLOSING = "\"`'\u201d\u2019\u00bb\u201c";
    private static final String FENCE = "```";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    /** Which opening quotes have no partner in the rest of the text; looking again for each would be quadratic. */
    private final boolean[] unclosed = new boolean[OPENING.length()];

    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.position < text.length()) {
            lexer.next();
        }
        return List.copyOf(lexer.tokens);
    }

    private void next() {
        char c = text.charAt(position);
        if (c == '\n') {
            symbol("\n", 1);
        } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            position++;
        } else if (isDigit(position) || (c == '.' && isDigit(position + 1))) {
            number();
        } else if (Character.isLetter(c)) {
            word();
        } else if (!quotation()) {
            symbol(text.startsWith("**", position) ? "**" : String.valueOf(c), text.startsWith("**", position) ? 2 : 1);
        }
    }

    private void add(Kind kind, String value, int end) {
        tokens.add(new Token(kind, value, position, end));
        position = end;
    }

    private void symbol(String symbol, int length) {
        add(Kind.SYMBOL, symbol, position + length);
    }

    private boolean isDigit(int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private boolean isLetter(int at) {
        return at < text.length() && Character.isLetter(text.charAt(at));
    }

    private boolean is(char expected, int at) {
        return at < text.length() && text.charAt(at) == expected;
    }

    private int digitsEnd(int from) {
        int end = from;
        while (isDigit(end)) {
            end++;
        }
        return end;
    }

    private void number() {
        int end = digitsEnd(position);
        int length = end - position;
        if (yearFirstDate(length) || dayFirstDate(length) || time(length)) {
            return;
        }
        if (length <= 3 && length > 0) {
            while (is(',', end) && digitsEnd(end + 1) == end + 4) {
                end += 4;
            }
        }
        if (is('.', end) && isDigit(end + 1)) {
            end = digitsEnd(end + 1);
        }
        if (is('e', end) || is('E', end)) {
            int sign = is('-', end + 1) || is('+', end + 1) ? 1 : 0;
            if (isDigit(end + 1 + sign)) {
                end = digitsEnd(end + 1 + sign);
            }
        }
        add(Kind.NUMBER, text.substring(position, end).replace(",", ""), end);
        if ((is('x', position) || is('X', position)) && isDigit(position + 1)) {
            symbol("*", 1);
        }
    }

    /** 2027-03-01 or 2027/03/01, with a time and an offset where they follow without a blank. */
    private boolean yearFirstDate(int length) {
        int separator = position + 4;
        if (length != 4 || !(is('-', separator) || is('/', separator))) {
            return false;
        }
        int end = position + 10;
        boolean complete = is(text.charAt(separator), position + 7)
                && digitsEnd(position + 5) == position + 7
                && digitsEnd(position + 8) == end
                && !is('-', end)
                && !is('/', end);
        if (!complete) {
            return false;
        }
        StringBuilder date = new StringBuilder(text.substring(position, end).replace('/', '-'));
        if ((is('T', end) || is('t', end)) && isDigit(end + 1)) {
            int start = end;
            while (end < text.length() && (isDigit(end) || "Tt:.+-Zz".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            while (!isDigit(end - 1) && !is('Z', end - 1) && !is('z', end - 1)) {
                end--;
            }
            date.append(text, start, end);
        }
        add(Kind.DATE, date.toString(), end);
        return true;
    }

    /** 24.12.2026 */
    private boolean dayFirstDate(int length) {
        int dot = position + length;
        int monthEnd = digitsEnd(dot + 1);
        boolean complete = length >= 1
                && length <= 2
                && is('.', dot)
                && monthEnd > dot + 1
                && monthEnd <= dot + 3
                && is('.', monthEnd)
                && digitsEnd(monthEnd + 1) == monthEnd + 5;
        if (complete) {
            String month = text.substring(dot + 1, monthEnd);
            String day = text.substring(position, dot);
            String year = text.substring(monthEnd + 1, monthEnd + 5);
            add(Kind.DATE, year + "-" + twoDigits(month) + "-" + twoDigits(day), monthEnd + 5);
        }
        return complete;
    }

    private static String twoDigits(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    /** 18:00 or 18:00:30 */
    private boolean time(int length) {
        int end = position + length + 3;
        if (length < 1 || length > 2 || !is(':', position + length) || digitsEnd(position + length + 1) != end) {
            return false;
        }
        if (is(':', end) && digitsEnd(end + 1) == end + 3) {
            end += 3;
        }
        String time = text.substring(position, end);
        add(Kind.TIME, length == 1 ? "0" + time : time, end);
        return true;
    }

    /** Letters, held together by what stands inside a word, a name or a time zone. */
    private void word() {
        int end = position;
        while (isLetter(end)
                || (end > position && isDigit(end))
                || (end > position
                        && end < text.length()
                        && "'\u2019-/_".indexOf(text.charAt(end)) >= 0
                        && isLetter(end + 1))) {
            end++;
        }
        add(Kind.WORD, text.substring(position, end).toLowerCase(Locale.ROOT).replace('\u2019', '\''), end);
    }

    private boolean quotation() {
        if (text.startsWith(FENCE, position)) {
            int close = text.indexOf(FENCE, position + FENCE.length());
            if (close > 0) {
                add(
                        Kind.QUOTED,
                        text.substring(position + FENCE.length(), close).strip(),
                        close + FENCE.length());
                return true;
            }
        }
        int kind = OPENING.indexOf(text.charAt(position));
        if (kind < 0 || unclosed[kind]) {
            return false;
        }
        char closing = CLOSING.charAt(kind);
        boolean apostrophe = closing == '\'' || closing == '\u2019';
        int close = text.indexOf(closing, position + 1);
        // why: the apostrophe of "don't" closes nothing
        while (apostrophe && close > 0 && isLetter(close + 1)) {
            close = text.indexOf(closing, close + 1);
        }
        if (close < 0) {
            unclosed[kind] = true;
            return false;
        }
        add(Kind.QUOTED, text.substring(position + 1, close), close + 1);
        return true;
    }
}
