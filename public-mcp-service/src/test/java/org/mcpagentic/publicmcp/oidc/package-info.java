@NullMarked
package org.mcpagentic.publicmcp.oidc;

import org.jspecify.annotations.NullMarked;
