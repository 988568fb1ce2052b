/** What the log may not show. */
@NullMarked
package org.mcpagentic.edge.log;

import org.jspecify.annotations.NullMarked;
