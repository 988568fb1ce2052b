/** The page's task form, timeline and list: relays to the service that runs tasks. */
@NullMarked
package org.mcpagentic.dashboard.tasks;

import org.jspecify.annotations.NullMarked;
