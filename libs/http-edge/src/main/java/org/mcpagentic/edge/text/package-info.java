/** Which characters a request's texts may hold. */
@NullMarked
package org.mcpagentic.edge.text;

import org.jspecify.annotations.NullMarked;
