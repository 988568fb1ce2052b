@NullMarked
package org.mcpagentic.custommcp.retention;

import org.jspecify.annotations.NullMarked;
