/** What a CSV file holds, found out in one pass and bounded memory; behind the csv_summary tool. */
@NullMarked
package org.mcpagentic.custommcp.tools.csv;

import org.jspecify.annotations.NullMarked;
