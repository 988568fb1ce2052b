/** Durable execution under faults: a seeded run, and the check of its history. */
@NullMarked
package org.mcpagentic.chaos;

import org.jspecify.annotations.NullMarked;
