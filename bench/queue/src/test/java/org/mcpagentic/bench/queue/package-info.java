@NullMarked
package org.mcpagentic.bench.queue;

import org.jspecify.annotations.NullMarked;
