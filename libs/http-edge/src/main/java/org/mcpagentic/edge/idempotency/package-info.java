/** The {@code Idempotency-Key} header and the fingerprint of the request that it names. */
@NullMarked
package org.mcpagentic.edge.idempotency;

import org.jspecify.annotations.NullMarked;
