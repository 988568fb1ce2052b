package org.mcpagentic.agent.model.offline;

import java.util.List;

/**
 * What was understood of a request.
 *
 * @param findings in the order in which they were said
 * @param greeted whether the request greets
 */
record Request(List<Finding> findings, boolean greeted) {

    Request {
        findings = List.copyOf(findings);
    }
}
