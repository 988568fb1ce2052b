@NullMarked
package org.mcpagentic.agent.filtered;

import org.jspecify.annotations.NullMarked;
