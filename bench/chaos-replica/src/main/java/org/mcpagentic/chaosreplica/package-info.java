/** Tools whose effects are counted outside: what they do while their worker dies is what the chaos harness asks about. */
@NullMarked
package org.mcpagentic.chaosreplica;

import org.jspecify.annotations.NullMarked;
