/** Whom keys, tasks and all else belong to. */
@NullMarked
package org.mcpagentic.access.tenant;

import org.jspecify.annotations.NullMarked;
