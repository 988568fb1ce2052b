/** The {@code Prefer} header of RFC 7240. */
@NullMarked
package org.mcpagentic.edge.prefer;

import org.jspecify.annotations.NullMarked;
