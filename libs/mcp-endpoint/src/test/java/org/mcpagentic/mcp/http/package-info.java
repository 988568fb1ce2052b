@NullMarked
package org.mcpagentic.mcp.http;

import org.jspecify.annotations.NullMarked;
