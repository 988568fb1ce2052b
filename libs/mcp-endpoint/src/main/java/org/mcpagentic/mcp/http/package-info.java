/** The address /mcp: both eras of the protocol over HTTP. */
@NullMarked
package org.mcpagentic.mcp.http;

import org.jspecify.annotations.NullMarked;
