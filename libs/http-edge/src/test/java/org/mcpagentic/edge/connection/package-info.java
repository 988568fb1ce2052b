@NullMarked
package org.mcpagentic.edge.connection;

import org.jspecify.annotations.NullMarked;
