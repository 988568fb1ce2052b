@NullMarked
package org.mcpagentic.agent.model.offline;

import org.jspecify.annotations.NullMarked;
