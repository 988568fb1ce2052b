@NullMarked
package org.mcpagentic.edge.statistics;

import org.jspecify.annotations.NullMarked;
