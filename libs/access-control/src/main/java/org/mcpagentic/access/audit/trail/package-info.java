/** What a sealed trail is made of: positions, entries, macs, checkpoints. */
@NullMarked
package org.mcpagentic.access.audit.trail;

import org.jspecify.annotations.NullMarked;
