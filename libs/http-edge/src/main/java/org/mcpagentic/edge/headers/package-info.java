/** The headers that every answer carries. */
@NullMarked
package org.mcpagentic.edge.headers;

import org.jspecify.annotations.NullMarked;
