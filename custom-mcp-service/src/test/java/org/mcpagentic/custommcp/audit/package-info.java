@NullMarked
package org.mcpagentic.custommcp.audit;

import org.jspecify.annotations.NullMarked;
