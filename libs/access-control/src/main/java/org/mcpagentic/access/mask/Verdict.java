package org.mcpagentic.access.mask;

/** What a finder says of one place in a text. */
sealed interface Verdict {

    None NONE = new None();
    More MORE = new More();

    /** No secret begins here, whatever follows. */
    record None() implements Verdict {}

    /** It depends on what follows. */
    record More() implements Verdict {}

    /**
     * A secret begins here.
     *
     * @param kind what it is, as it is shown
     * @param shown how many characters before the secret itself are kept, such as the name of a header
     * @param length of what was looked at, the shown part included
     * @param rest takes what else belongs to the secret behind that
     */
    record Found(String kind, int shown, int length, Rest rest) implements Verdict {}
}
