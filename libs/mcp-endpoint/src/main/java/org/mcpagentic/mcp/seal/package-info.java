/** What clients carry for the server, so that they cannot change it: cursors and states of requests. */
@NullMarked
package org.mcpagentic.mcp.seal;

import org.jspecify.annotations.NullMarked;
