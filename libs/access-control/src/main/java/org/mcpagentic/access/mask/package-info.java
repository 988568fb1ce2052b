/** Masks what looks like a secret in text, whole or as it comes. */
@NullMarked
package org.mcpagentic.access.mask;

import org.jspecify.annotations.NullMarked;
