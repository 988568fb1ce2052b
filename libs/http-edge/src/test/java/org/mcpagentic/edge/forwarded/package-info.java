/** Tests of whose word is taken. */
@NullMarked
package org.mcpagentic.edge.forwarded;

import org.jspecify.annotations.NullMarked;
