/** What models and tools say, without what must not leave: the port, and the layers that use it. */
@NullMarked
package org.mcpagentic.agent.mask;

import org.jspecify.annotations.NullMarked;
