@NullMarked
package org.mcpagentic.bench;

import org.jspecify.annotations.NullMarked;
