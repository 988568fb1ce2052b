@NullMarked
package org.mcpagentic.edge.text;

import org.jspecify.annotations.NullMarked;
