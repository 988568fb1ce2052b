@NullMarked
package org.mcpagentic.custommcp.approvals;

import org.jspecify.annotations.NullMarked;
