/** What an OAuth client is told about this service: whose tokens it takes, and for what. */
@NullMarked
package org.mcpagentic.edge.resource;

import org.jspecify.annotations.NullMarked;
