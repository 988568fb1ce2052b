@NullMarked
package org.mcpagentic.custommcp.work;

import org.jspecify.annotations.NullMarked;
