/** The store and its worker beside BullMQ, on one Redis. */
@NullMarked
package org.mcpagentic.bench.queue;

import org.jspecify.annotations.NullMarked;
