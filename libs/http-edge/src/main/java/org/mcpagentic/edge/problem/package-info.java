/** RFC 9457 problem documents: every failure that a client sees, and the one place where failures become them. */
@NullMarked
package org.mcpagentic.edge.problem;

import org.jspecify.annotations.NullMarked;
