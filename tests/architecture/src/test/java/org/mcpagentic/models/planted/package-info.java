@NullMarked
package org.mcpagentic.models.planted;

import org.jspecify.annotations.NullMarked;
