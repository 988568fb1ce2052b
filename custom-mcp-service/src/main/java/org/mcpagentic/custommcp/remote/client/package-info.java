/** Speaks the Model Context Protocol to servers of others: revision 2026-07-28, and before it 2025-11-25. */
@NullMarked
package org.mcpagentic.custommcp.remote.client;

import org.jspecify.annotations.NullMarked;
