package org.mcpagentic.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * Part of a list of approvals, newest first.
 *
 * @param next where the next page begins, nothing at the end
 */
public record ApprovalPage(List<Approval> approvals, OptionalLong next) {

    public ApprovalPage {
        approvals = List.copyOf(approvals);
    }
}
