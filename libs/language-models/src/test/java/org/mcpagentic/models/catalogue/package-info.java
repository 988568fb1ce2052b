@NullMarked
package org.mcpagentic.models.catalogue;

import org.jspecify.annotations.NullMarked;
