/** Who may call: tenants, scopes, limits, and the callers that credentials stand for. */
@NullMarked
package org.mcpagentic.access;

import org.jspecify.annotations.NullMarked;
