/** Finds out whether a trail is as it was sealed. */
@NullMarked
package org.mcpagentic.access.audit.verify;

import org.jspecify.annotations.NullMarked;
