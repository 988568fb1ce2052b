@NullMarked
package org.mcpagentic.custommcp.remote.redis;

import org.jspecify.annotations.NullMarked;
