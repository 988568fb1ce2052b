@NullMarked
package org.mcpagentic.agent.worker;

import org.jspecify.annotations.NullMarked;
