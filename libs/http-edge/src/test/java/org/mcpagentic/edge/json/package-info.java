@NullMarked
package org.mcpagentic.edge.json;

import org.jspecify.annotations.NullMarked;
