/** The gate in front of every route: routes, Host, Origin, media type, size and who calls. */
@NullMarked
package org.mcpagentic.edge.access;

import org.jspecify.annotations.NullMarked;
