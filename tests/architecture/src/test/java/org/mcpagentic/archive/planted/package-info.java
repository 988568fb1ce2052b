@NullMarked
package org.mcpagentic.archive.planted;

import org.jspecify.annotations.NullMarked;
