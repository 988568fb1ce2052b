/** The page's ask form: relays to the service that answers questions. */
@NullMarked
package org.mcpagentic.dashboard.ask;

import org.jspecify.annotations.NullMarked;
