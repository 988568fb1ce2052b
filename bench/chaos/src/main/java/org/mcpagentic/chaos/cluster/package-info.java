/** Redis, model, ledger and replicas as real processes, and what can be done to them. */
@NullMarked
package org.mcpagentic.chaos.cluster;

import org.jspecify.annotations.NullMarked;
