/** Plans and scripts. */
@NullMarked
package org.mcpagentic.chaos.plan;

import org.jspecify.annotations.NullMarked;
