/** Which external servers there are, and what of their tools is approved: the types, and the port to where both are kept. */
@NullMarked
package org.mcpagentic.custommcp.remote.registry;

import org.jspecify.annotations.NullMarked;
