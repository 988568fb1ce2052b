@NullMarked
package org.mcpagentic.models.wire;

import org.jspecify.annotations.NullMarked;
