@NullMarked
package org.mcpagentic.mcp;

import org.jspecify.annotations.NullMarked;
