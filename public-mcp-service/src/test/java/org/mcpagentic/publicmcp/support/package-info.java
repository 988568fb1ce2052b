/** What the service's tests stand on: a real Redis, a model that does as it is told, readers of raw answers. */
@NullMarked
package org.mcpagentic.publicmcp.support;

import org.jspecify.annotations.NullMarked;
