/** How often and at what cost: what callers' limits become in the store. */
@NullMarked
package org.mcpagentic.access.limit;

import org.jspecify.annotations.NullMarked;
