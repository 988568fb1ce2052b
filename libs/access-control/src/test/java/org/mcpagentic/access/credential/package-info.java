@NullMarked
package org.mcpagentic.access.credential;

import org.jspecify.annotations.NullMarked;
