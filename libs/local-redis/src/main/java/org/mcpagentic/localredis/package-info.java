@NullMarked
package org.mcpagentic.localredis;

import org.jspecify.annotations.NullMarked;
