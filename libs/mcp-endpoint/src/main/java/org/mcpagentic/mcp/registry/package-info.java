/** All that a service offers, put together from its sources. */
@NullMarked
package org.mcpagentic.mcp.registry;

import org.jspecify.annotations.NullMarked;
