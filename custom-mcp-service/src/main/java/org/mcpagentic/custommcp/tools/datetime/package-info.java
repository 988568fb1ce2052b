/** Dates, times and zones behind the date_time tool. */
@NullMarked
package org.mcpagentic.custommcp.tools.datetime;

import org.jspecify.annotations.NullMarked;
