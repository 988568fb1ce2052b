@NullMarked
package org.mcpagentic.custommcp.tools.csv;

import org.jspecify.annotations.NullMarked;
