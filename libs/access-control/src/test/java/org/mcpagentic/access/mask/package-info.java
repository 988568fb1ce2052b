@NullMarked
package org.mcpagentic.access.mask;

import org.jspecify.annotations.NullMarked;
