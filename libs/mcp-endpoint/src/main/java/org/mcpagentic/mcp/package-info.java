/** What a server of the Model Context Protocol says about itself and about a request, whatever carries it. */
@NullMarked
package org.mcpagentic.mcp;

import org.jspecify.annotations.NullMarked;
