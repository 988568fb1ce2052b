/** Hand-made histories, each with one thing wrong. */
@NullMarked
package org.mcpagentic.chaos.check;

import org.jspecify.annotations.NullMarked;
