package org.mcpagentic.access.mask;

/** Knows secrets of one form. Looks at a bounded number of characters from any one place. */
interface Finder {

    /** The characters that such a secret, or what is shown before it, begins with. */
    CharSet first();

    /** Most characters that are looked at from one place on. */
    int reach();

    /**
     * Whether a secret begins at a place. Says the same of the same text wherever that was cut: what it says while more may
     * come holds whatever comes.
     */
    Verdict at(Window window, int start);
}
