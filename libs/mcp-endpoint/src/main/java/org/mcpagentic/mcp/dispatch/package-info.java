/** The methods of the protocol over the registry, whatever revision and transport asks. */
@NullMarked
package org.mcpagentic.mcp.dispatch;

import org.jspecify.annotations.NullMarked;
