/** Clients that create, run, cancel, retry, resolve, poll and follow. */
@NullMarked
package org.mcpagentic.chaos.load;

import org.jspecify.annotations.NullMarked;
