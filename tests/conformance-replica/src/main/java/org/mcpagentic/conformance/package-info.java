/** What the official MCP conformance suite asks a server for; names and texts are the suite's. */
@NullMarked
package org.mcpagentic.conformance;

import org.jspecify.annotations.NullMarked;
