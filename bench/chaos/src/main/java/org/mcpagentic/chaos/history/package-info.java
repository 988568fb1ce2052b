/** What clients saw, in the order in which they saw it. */
@NullMarked
package org.mcpagentic.chaos.history;

import org.jspecify.annotations.NullMarked;
