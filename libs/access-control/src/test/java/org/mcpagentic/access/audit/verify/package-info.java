@NullMarked
package org.mcpagentic.access.audit.verify;

import org.jspecify.annotations.NullMarked;
