@NullMarked
package org.mcpagentic.access.redis;

import org.jspecify.annotations.NullMarked;
