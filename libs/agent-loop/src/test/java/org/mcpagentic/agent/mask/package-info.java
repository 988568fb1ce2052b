@NullMarked
package org.mcpagentic.agent.mask;

import org.jspecify.annotations.NullMarked;
