package org.mcpagentic.store.redis;

/**
 * How a payload lies in Redis: a codec, the id of the key it is encrypted with, and the text. The only codec so far is
 * {@code p}, plain; the form leaves room for another without migrating what is stored.
 */
final class Envelope {

    private static final String PLAIN = "p::";

    private Envelope() {}

    static String seal(String payload) {
        return PLAIN + payload;
    }

    static String open(String stored) {
        if (!stored.startsWith(PLAIN)) {
            throw new IllegalStateException("a payload was stored by a codec that this version does not know");
        }
        return stored.substring(PLAIN.length());
    }
}
