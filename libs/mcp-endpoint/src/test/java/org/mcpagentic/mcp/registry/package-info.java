@NullMarked
package org.mcpagentic.mcp.registry;

import org.jspecify.annotations.NullMarked;
