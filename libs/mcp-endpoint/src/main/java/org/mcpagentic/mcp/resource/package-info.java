/** Resources that a service offers. */
@NullMarked
package org.mcpagentic.mcp.resource;

import org.jspecify.annotations.NullMarked;
