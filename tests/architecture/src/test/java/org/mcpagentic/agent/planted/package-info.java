@NullMarked
package org.mcpagentic.agent.planted;

import org.jspecify.annotations.NullMarked;
