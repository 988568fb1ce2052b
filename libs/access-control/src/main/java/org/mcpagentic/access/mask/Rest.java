package org.mcpagentic.access.mask;

/** The end of a secret, which may be of any length: told character by character, and dropped. */
@FunctionalInterface
interface Rest {

    /** Nothing more. */
    Rest NOTHING = c -> false;

    /** Whether the next character belongs to the secret; not asked again after it said no. */
    boolean takes(char c);
}
