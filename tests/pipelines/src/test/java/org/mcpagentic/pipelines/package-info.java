/** Reads both pipelines, says what they may not do, holds them together, and tries the scripts that they call. */
@NullMarked
package org.mcpagentic.pipelines;

import org.jspecify.annotations.NullMarked;
