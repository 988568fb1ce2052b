/** Server-sent events with integer ids, heartbeats, and bounds for readers who do not read. */
@NullMarked
package org.mcpagentic.edge.sse;

import org.jspecify.annotations.NullMarked;
