/** Secrets that are handed out. */
@NullMarked
package org.mcpagentic.access.token;

import org.jspecify.annotations.NullMarked;
