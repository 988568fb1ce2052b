/** Exact arithmetic behind the calculator tool. */
@NullMarked
package org.mcpagentic.custommcp.tools.calculator;

import org.jspecify.annotations.NullMarked;
