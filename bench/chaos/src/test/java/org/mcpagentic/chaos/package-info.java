/** Runs on purpose broken. */
@NullMarked
package org.mcpagentic.chaos;

import org.jspecify.annotations.NullMarked;
