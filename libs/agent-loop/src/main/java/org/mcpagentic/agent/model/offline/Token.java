package org.mcpagentic.agent.model.offline;

/**
 * A piece of a request.
 *
 * @param text a word in lower case, a number without grouping, a date as {@code 2027-03-01}, a quotation without its
 *     quotes, else as written
 * @param start where it begins in the request
 * @param end behind where it ends
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        WORD,
        NUMBER,
        DATE,
        TIME,
        QUOTED,
        SYMBOL
    }

    boolean is(String symbolOrWord) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(symbolOrWord);
    }

    /** Whether a sentence ends here. */
    boolean endsSentence() {
        return kind == Kind.SYMBOL
                && switch (text) {
                    case ".", "?", "!", ";", "\n" -> true;
                    default -> false;
                };
    }
}
