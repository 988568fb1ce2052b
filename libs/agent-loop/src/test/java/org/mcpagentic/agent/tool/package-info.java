@NullMarked
package org.mcpagentic.agent.tool;

import org.jspecify.annotations.NullMarked;
