/** Keys, sessions and sign-in links: what callers prove themselves by. */
@NullMarked
package org.mcpagentic.access.credential;

import org.jspecify.annotations.NullMarked;
