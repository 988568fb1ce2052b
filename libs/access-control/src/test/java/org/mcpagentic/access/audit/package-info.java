@NullMarked
package org.mcpagentic.access.audit;

import org.jspecify.annotations.NullMarked;
