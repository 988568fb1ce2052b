/** The built-in tools: each is one bean that implements {@link org.mcpagentic.agent.tool.Tool}; what it works with is in its sub-package. */
@NullMarked
package org.mcpagentic.custommcp.tools;

import org.jspecify.annotations.NullMarked;
