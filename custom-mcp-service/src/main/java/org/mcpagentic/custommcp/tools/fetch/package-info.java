/**
 * Reads what is on the public network, and nothing else: which addresses may be reached, how, and how much of the answer is
 * taken. Why it is built so: {@code docs/adr/0011-fetching-safely.md}.
 */
@NullMarked
package org.mcpagentic.custommcp.tools.fetch;

import org.jspecify.annotations.NullMarked;
