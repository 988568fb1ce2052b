/** What is written down about who did what. */
@NullMarked
package org.mcpagentic.access.audit;

import org.jspecify.annotations.NullMarked;
