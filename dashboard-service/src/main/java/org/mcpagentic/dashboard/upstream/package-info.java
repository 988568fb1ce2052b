/** The two services behind the page: typed clients, relays, and what is said when they are away. */
@NullMarked
package org.mcpagentic.dashboard.upstream;

import org.jspecify.annotations.NullMarked;
