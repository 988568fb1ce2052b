@NullMarked
package org.mcpagentic.edge.oidc;

import org.jspecify.annotations.NullMarked;
