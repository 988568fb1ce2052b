package org.mcpagentic.access.audit;

/** Makes text fit for an entry. */
final class Printable {

    private Printable() {}

    /** The beginning of a text, a question mark for all that is not printable ASCII. */
    static String of(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most);
        return cut.replaceAll("[^ -~]", "?");
    }
}
