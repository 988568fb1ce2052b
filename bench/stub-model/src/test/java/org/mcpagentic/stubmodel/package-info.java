@NullMarked
package org.mcpagentic.stubmodel;

import org.jspecify.annotations.NullMarked;
