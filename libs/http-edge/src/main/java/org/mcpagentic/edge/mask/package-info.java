/** The secrets that this process holds, and the mask that knows them. */
@NullMarked
package org.mcpagentic.edge.mask;

import org.jspecify.annotations.NullMarked;
