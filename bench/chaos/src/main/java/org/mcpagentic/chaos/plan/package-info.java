/** What shall happen in a run: made from the seed alone, before anything starts. */
@NullMarked
package org.mcpagentic.chaos.plan;

import org.jspecify.annotations.NullMarked;
