@NullMarked
package org.mcpagentic.architecture;

import org.jspecify.annotations.NullMarked;
