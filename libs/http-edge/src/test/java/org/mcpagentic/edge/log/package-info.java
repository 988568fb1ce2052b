@NullMarked
package org.mcpagentic.edge.log;

import org.jspecify.annotations.NullMarked;
