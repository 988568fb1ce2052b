/** The commands that verify and export a trail, without a service. */
@NullMarked
package org.mcpagentic.access.audit.command;

import org.jspecify.annotations.NullMarked;
