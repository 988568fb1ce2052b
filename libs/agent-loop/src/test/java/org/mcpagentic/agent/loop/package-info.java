@NullMarked
package org.mcpagentic.agent.loop;

import org.jspecify.annotations.NullMarked;
