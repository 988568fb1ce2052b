/** Digests and encodings behind the hash and encoding tools, all by the JDK and jsoup. */
@NullMarked
package org.mcpagentic.custommcp.tools.encoding;

import org.jspecify.annotations.NullMarked;
