@NullMarked
package org.mcpagentic.publicmcp;

import org.jspecify.annotations.NullMarked;
