package org.mcpagentic.custommcp.approvals;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.ApprovalPage;

/**
 * Part of a list of approvals.
 *
 * @param nextCursor where the next page begins; left out at the end
 */
@RegisterForReflection
@Schema(name = "ApprovalList")
public record ApprovalList(List<ApprovalDocument> items, Optional<String> nextCursor) {

    static ApprovalList of(ApprovalPage page) {
        return new ApprovalList(
                page.approvals().stream().map(ApprovalDocument::of).toList(),
                page.next().isPresent() ? Optional.of(Long.toString(page.next().getAsLong(), 36)) : Optional.empty());
    }

    /** What the store knows a parameter {@code cursor} as; fails where no list returned it. */
    static OptionalLong position(Optional<String> cursor) {
        return cursor.map(ApprovalList::position).orElse(OptionalLong.empty());
    }

    private static OptionalLong position(String cursor) {
        if (!cursor.matches("[0-9a-z]{1,11}")) {
            throw new ProblemException(
                    ProblemCode.BAD_PARAMETER, "the parameter cursor is not one that a list returned");
        }
        return OptionalLong.of(Long.parseLong(cursor, 36));
    }

    /** The number in a parameter {@code limit}; fails where it is out of range. */
    static int limit(String limit) {
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > 200) {
            throw new ProblemException(ProblemCode.BAD_PARAMETER, "the parameter limit is a number from 1 to 200");
        }
        return Integer.parseInt(limit);
    }
}
