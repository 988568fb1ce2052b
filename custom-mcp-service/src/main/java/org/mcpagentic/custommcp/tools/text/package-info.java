/** Counting behind the text_statistics tool. */
@NullMarked
package org.mcpagentic.custommcp.tools.text;

import org.jspecify.annotations.NullMarked;
