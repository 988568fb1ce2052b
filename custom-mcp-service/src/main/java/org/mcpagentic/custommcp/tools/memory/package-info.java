/** What the memory tools have in common: how what is remembered is shown, and what a model is told of a refusal. */
@NullMarked
package org.mcpagentic.custommcp.tools.memory;

import org.jspecify.annotations.NullMarked;
