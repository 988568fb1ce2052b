@NullMarked
package org.mcpagentic.custommcp.tools;

import org.jspecify.annotations.NullMarked;
