@NullMarked
package org.mcpagentic.edge.planted;

import org.jspecify.annotations.NullMarked;
