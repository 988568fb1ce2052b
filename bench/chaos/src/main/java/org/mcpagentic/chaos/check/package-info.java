/** The invariants, each with what breaks it. */
@NullMarked
package org.mcpagentic.chaos.check;

import org.jspecify.annotations.NullMarked;
