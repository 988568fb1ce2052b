@NullMarked
package org.mcpagentic.edge.sse;

import org.jspecify.annotations.NullMarked;
