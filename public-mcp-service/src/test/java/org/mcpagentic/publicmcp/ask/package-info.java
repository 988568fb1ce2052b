@NullMarked
package org.mcpagentic.publicmcp.ask;

import org.jspecify.annotations.NullMarked;
