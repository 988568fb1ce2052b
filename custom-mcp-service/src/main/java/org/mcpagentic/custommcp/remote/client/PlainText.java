package org.mcpagentic.custommcp.remote.client;

/** Makes text of others presentable. */
public final class PlainText {

    private static final String MARK = "…";

    private PlainText() {}

    /**
     * The text without what is not shown: control characters, and those that only change the direction or the look of others.
     * Line ends and tabs stay.
     *
     * @param most characters, at least 1; what is longer is cut, with a mark
     */
    public static String of(String text, int most) {
        // why cut first: the rest costs nothing then
        String beginning = text.length() <= most * 2L ? text : text.substring(0, most * 2);
        StringBuilder plain = new StringBuilder(Math.min(beginning.length(), most));
        beginning.codePoints().filter(PlainText::isShown).forEach(plain::appendCodePoint);
        if (plain.length() <= most && beginning.length() == text.length()) {
            return plain.toString();
        }
        int end = Math.min(plain.length(), most - 1);
        end -= end > 0 && Character.isHighSurrogate(plain.charAt(end - 1)) ? 1 : 0;
        return plain.substring(0, end) + MARK;
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\t';
            // why tags too: text can be hidden from people in them
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
