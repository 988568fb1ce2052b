@NullMarked
package org.mcpagentic.publicmcp.planted;

import org.jspecify.annotations.NullMarked;
