@NullMarked
package org.mcpagentic.access;

import org.jspecify.annotations.NullMarked;
