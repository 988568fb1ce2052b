@NullMarked
package org.mcpagentic.edge.prefer;

import org.jspecify.annotations.NullMarked;
