/** Runs the whole system on one machine: Redis and the three services, started, watched and ended together. */
@NullMarked
package org.mcpagentic.launcher;

import org.jspecify.annotations.NullMarked;
