@NullMarked
package org.mcpagentic.custommcp.util;

import org.jspecify.annotations.NullMarked;
