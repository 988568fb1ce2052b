@NullMarked
package org.mcpagentic.edge.headers;

import org.jspecify.annotations.NullMarked;
