/** Calls that a person has to let be made: who decides what needs that, and how it is decided. */
@NullMarked
package org.mcpagentic.custommcp.approvals;

import org.jspecify.annotations.NullMarked;
