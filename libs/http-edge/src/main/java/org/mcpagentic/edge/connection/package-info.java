/** Bounds on clients that send or read too slowly. */
@NullMarked
package org.mcpagentic.edge.connection;

import org.jspecify.annotations.NullMarked;
