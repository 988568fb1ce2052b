@NullMarked
package org.mcpagentic.edge.problem;

import org.jspecify.annotations.NullMarked;
