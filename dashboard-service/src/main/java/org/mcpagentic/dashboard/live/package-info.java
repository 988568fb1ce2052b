/** Live statistics: one subscription per service, fanned out to everybody who watches. */
@NullMarked
package org.mcpagentic.dashboard.live;

import org.jspecify.annotations.NullMarked;
