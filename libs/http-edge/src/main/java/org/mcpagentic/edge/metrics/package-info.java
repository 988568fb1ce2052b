/** How requests are measured, in every service alike. */
@NullMarked
package org.mcpagentic.edge.metrics;

import org.jspecify.annotations.NullMarked;
