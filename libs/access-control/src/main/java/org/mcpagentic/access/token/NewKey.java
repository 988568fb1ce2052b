package org.mcpagentic.access.token;

/** Prints a token for a first API key, of a store with one shard: for {@code ACCESS_FIRST_KEY}. */
public final class NewKey {

    private NewKey() {}

    /** @param arguments nothing, or the number of the shard that the tenant {@code default} lives in */
    public static void main(String[] arguments) {
        int shard = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
        System.out.println(Token.random(Token.Kind.KEY, shard).text());
    }
}
