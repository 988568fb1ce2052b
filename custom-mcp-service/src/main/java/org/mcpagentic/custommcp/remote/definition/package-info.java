/** What an external server says of its tools: pinned by its hash, compared, and named anew. */
@NullMarked
package org.mcpagentic.custommcp.remote.definition;

import org.jspecify.annotations.NullMarked;
