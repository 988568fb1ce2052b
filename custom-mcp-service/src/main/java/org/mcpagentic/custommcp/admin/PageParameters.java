package org.mcpagentic.custommcp.admin;

import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/**
 * Which part of a list is wanted.
 *
 * @param limit 1 to 200
 */
record PageParameters(OptionalLong below, int limit) {

    private static final int BASE = 36;

    /** Reads the query parameters; fails with {@code bad_parameter}. */
    static PageParameters of(Optional<String> cursor, String limit) {
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > 200) {
            throw new ProblemException(ProblemCode.BAD_PARAMETER, "the parameter limit is a number from 1 to 200");
        }
        if (cursor.isPresent() && !cursor.get().matches("[0-9a-z]{1,11}")) {
            throw new ProblemException(
                    ProblemCode.BAD_PARAMETER, "the parameter cursor is not one that a list returned");
        }
        return new PageParameters(
                cursor.map(text -> OptionalLong.of(Long.parseLong(text, BASE))).orElse(OptionalLong.empty()),
                Integer.parseInt(limit));
    }

    /** How the beginning of the next page is written. */
    static Optional<String> cursor(OptionalLong next) {
        return next.isPresent() ? Optional.of(Long.toString(next.getAsLong(), BASE)) : Optional.empty();
    }
}
