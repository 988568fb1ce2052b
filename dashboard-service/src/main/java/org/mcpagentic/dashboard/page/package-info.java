/** The page at {@code /}: who looks at it. */
@NullMarked
package org.mcpagentic.dashboard.page;

import org.jspecify.annotations.NullMarked;
