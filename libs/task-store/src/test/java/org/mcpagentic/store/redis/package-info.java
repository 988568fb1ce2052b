@NullMarked
package org.mcpagentic.store.redis;

import org.jspecify.annotations.NullMarked;
