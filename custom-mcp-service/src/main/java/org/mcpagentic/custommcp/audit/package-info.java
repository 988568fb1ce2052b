/** The audit trail: shown to its tenant, sealed by whichever replica holds the lease. */
@NullMarked
package org.mcpagentic.custommcp.audit;

import org.jspecify.annotations.NullMarked;
