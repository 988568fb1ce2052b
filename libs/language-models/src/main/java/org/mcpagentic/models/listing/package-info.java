@NullMarked
package org.mcpagentic.models.listing;

import org.jspecify.annotations.NullMarked;
