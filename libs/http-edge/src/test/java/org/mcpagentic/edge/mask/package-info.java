@NullMarked
package org.mcpagentic.edge.mask;

import org.jspecify.annotations.NullMarked;
