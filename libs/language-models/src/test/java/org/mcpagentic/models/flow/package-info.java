@NullMarked
package org.mcpagentic.models.flow;

import org.jspecify.annotations.NullMarked;
