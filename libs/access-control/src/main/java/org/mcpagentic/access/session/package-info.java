/** Sittings at the dashboard: how they begin, how long they last, how they end. */
@NullMarked
package org.mcpagentic.access.session;

import org.jspecify.annotations.NullMarked;
