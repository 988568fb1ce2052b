package org.mcpagentic.mcp;

import java.util.List;
import java.util.OptionalInt;

/**
 * How an argument's value may go on.
 *
 * @param values the best first; at most {@value #MOST}
 * @param total how many there are in all, where it is known
 */
public record Completion(List<String> values, OptionalInt total, boolean hasMore) {

    /** Most values of one answer. */
    public static final int MOST = 100;

    /** Nothing. */
    public static final Completion NONE = new Completion(List.of(), OptionalInt.of(0), false);

    public Completion {
        if (values.size() > MOST) {
            throw new IllegalArgumentException("a completion has at most " + MOST + " values");
        }
        values = List.copyOf(values);
    }

    /** The first of a list that is known as a whole. */
    public static Completion of(List<String> all) {
        return new Completion(all.stream().limit(MOST).toList(), OptionalInt.of(all.size()), all.size() > MOST);
    }
}
