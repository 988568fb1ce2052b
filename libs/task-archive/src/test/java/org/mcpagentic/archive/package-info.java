@NullMarked
package org.mcpagentic.archive;

import org.jspecify.annotations.NullMarked;
