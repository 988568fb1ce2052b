@NullMarked
package org.mcpagentic.agent.approval;

import org.jspecify.annotations.NullMarked;
