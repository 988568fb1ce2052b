/** The packaged system, started by its launcher and driven as its users drive it: by HTTP, in a browser, by signals. */
@NullMarked
package org.mcpagentic.system;

import org.jspecify.annotations.NullMarked;
