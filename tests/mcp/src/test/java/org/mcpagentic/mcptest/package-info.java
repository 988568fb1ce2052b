/** MCP as its clients see it: the official conformance suite and real clients from npm against the packaged services. */
@NullMarked
package org.mcpagentic.mcptest;

import org.jspecify.annotations.NullMarked;
