/** Chains the entries that were appended, signs checkpoints, and lets go what is kept no longer. */
@NullMarked
package org.mcpagentic.access.audit.seal;

import org.jspecify.annotations.NullMarked;
