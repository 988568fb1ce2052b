@NullMarked
package org.mcpagentic.edge;

import org.jspecify.annotations.NullMarked;
