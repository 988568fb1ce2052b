/** What clients of the revisions before 2026-07-28 have beyond one request. */
@NullMarked
package org.mcpagentic.mcp.session;

import org.jspecify.annotations.NullMarked;
