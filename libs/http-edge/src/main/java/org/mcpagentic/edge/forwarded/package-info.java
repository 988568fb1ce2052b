/** What proxies say about the requests that they pass on, and whose word is taken. */
@NullMarked
package org.mcpagentic.edge.forwarded;

import org.jspecify.annotations.NullMarked;
