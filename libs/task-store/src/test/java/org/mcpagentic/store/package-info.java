@NullMarked
package org.mcpagentic.store;

import org.jspecify.annotations.NullMarked;
