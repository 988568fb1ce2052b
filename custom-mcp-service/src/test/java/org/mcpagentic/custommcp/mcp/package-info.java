@NullMarked
package org.mcpagentic.custommcp.mcp;

import org.jspecify.annotations.NullMarked;
