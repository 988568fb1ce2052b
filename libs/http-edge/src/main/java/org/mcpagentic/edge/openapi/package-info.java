/** The services' OpenAPI documents, made to say what really goes over the wire. */
@NullMarked
package org.mcpagentic.edge.openapi;

import org.jspecify.annotations.NullMarked;
